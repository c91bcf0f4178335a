//! A table of runs is read as people have it, and nothing in it is lost without a word.

use isoflop::outcome::Explain;
use isoflop::runs::{Counts, Delimiter, MAX_COLUMNS, MAX_ROWS, Role, RunsError, Table, for_fit, read};
use isoflop::units::Decimal;
use proptest::prelude::*;

fn table(text: &str) -> Table {
    read(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The columns N, D, L and C of the runs in use.
fn runs(text: &str) -> [Vec<f64>; 4] {
    let runs = table(text).runs().unwrap_or_else(|error| panic!("{error}\n{text}"));
    [runs.n, runs.d, runs.l, runs.c]
}

fn role_of(table: &Table, name: &str) -> Role {
    let column = table.names().iter().position(|known| known == name);
    table.roles()[column.unwrap_or_else(|| panic!("no column {name}"))]
}

#[test]
fn every_layout_gives_the_same_runs() {
    let expected = [vec![70e9, 1.5e9], vec![1.4e12, 3e10], vec![1.92, 2.5], vec![5.88e23, 2.7e20]];
    for text in [
        "N,D,L\n70e9,1.4e12,1.92\n1.5e9,3e10,2.5\n",
        "N,D,L\r\n70e9,1.4e12,1.92\r\n1.5e9,3e10,2.5",
        "N,D,L\r70e9,1.4e12,1.92\r1.5e9,3e10,2.5\r",
        "\u{feff}N,D,L\n70e9,1.4e12,1.92\n\n\n1.5e9,3e10,2.5\n,,\n",
        "N\tD\tL\n70B\t1.4T tokens\t1.92\n1.5 B\t30B\t2.5",
        "N;D;L\n70B;1,4T;1,92\n1,5B;3e10;2,5\n",
        "N;D;L\n70000000000;1.400.000.000.000;1,92\n1.500.000.000;30.000.000.000;2,5\n",
        "N;D;L\n70B;1.4T;1.92\n1.5B;3e10;2.5\n",
        "\"N\",\"D\",\"L\"\n\"70,000,000,000\",1.4e12,1.92\n1.5e9,\"30,000,000,000\",2.5\n",
        "Run,Model size,Training tokens,Val loss\na,70B,1.4T,1.92\n\"b, again\",1.5B,30B,2.5\n",
        "Params (B),Tokens [in billions],Loss (nats)\n70,1400,1.92\n1.5,30,2.5\n",
    ] {
        assert_eq!(runs(text), expected, "{text}");
    }
}

#[test]
fn utf_16_as_a_spreadsheet_writes_it_is_read() {
    let text = "\u{feff}N\tD\tL\n1B\t2B\t3\n";
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
        assert_eq!(read(bytes).unwrap().runs().unwrap().n, [1e9]);
    }
}

#[test]
fn the_layout_is_told() {
    let layout = table("N;D;L\n1B;2B;3,5\n").layout();
    assert_eq!(
        (layout.delimiter, layout.decimal, layout.header),
        (Delimiter::Semicolon, Decimal::Comma, true)
    );
    assert_eq!(layout.delimiter.words(), "semicolon-separated");
    assert_eq!(table("name;note,with,commas\na;b\n").layout().delimiter, Delimiter::Semicolon);
    assert_eq!(table("1,5;2,5;3,5\n2,5;3,5;4,5\n").layout().delimiter, Delimiter::Semicolon);
    assert_eq!(table("N;L\n1B;1,234\n2B;0,5\n").layout().decimal, Decimal::Comma);
    assert_eq!(table("N;L\n1B;\"1,234\"\n2B;0.5\n").layout().decimal, Decimal::Point);
}

#[test]
fn the_headers_of_other_tools_are_recognised() {
    let table_of =
        |header: &str| table(&format!("{header}\n{}\n", vec!["1"; header.split(',').count()].join(",")));
    for (header, params, tokens, flops, loss) in [
        ("C,N,D,loss", "N", "D", "C", "loss"),
        ("Model Size,Training FLOP,loss", "Model Size", "", "Training FLOP", "loss"),
        ("N,D,L,optimizer", "N", "D", "", "L"),
        (
            "flops_budget,depth,model_dim,params_wte,params_total,tokens_trained,val_bpb,core_score",
            "params_total",
            "tokens_trained",
            "flops_budget",
            "val_bpb",
        ),
        ("lr,bs,smooth loss,D,N", "N", "D", "", "smooth loss"),
        ("params,tokens,budget,loss,outlier,reason", "params", "tokens", "budget", "loss"),
        ("N,N_no_emb,D,C,C4 Eval Loss", "N", "D", "C", "C4 Eval Loss"),
        (
            "model_size__total,dataset_size__tokens,test_loss__mean",
            "model_size__total",
            "dataset_size__tokens",
            "",
            "test_loss__mean",
        ),
        ("model_size,n_tokens,loss", "model_size", "n_tokens", "", "loss"),
        ("row,params,tokens,flops,loss,kept240,isoflop", "params", "tokens", "flops", "loss"),
        (
            "size,chinchilla_mult,params,step,tokens,flops,batch_tokens,lr,loss_c4",
            "params",
            "tokens",
            "flops",
            "loss_c4",
        ),
        ("run,params,tokens,unique_tokens,epochs,loss,dedup", "params", "tokens", "", "loss"),
        (
            "router,flop_increase,dense_params,total_params,flops_per_step,compute,train_loss,loss_validation",
            "total_params",
            "",
            "compute",
            "loss_validation",
        ),
    ] {
        let table = table_of(header);
        for (name, role) in
            [(params, Role::Params), (tokens, Role::Tokens), (flops, Role::Flops), (loss, Role::Loss)]
        {
            let given: Vec<&str> = (0..table.names().len())
                .filter(|column| table.roles()[*column] == role)
                .map(|column| table.names()[column].as_str())
                .collect();
            assert_eq!(given, if name.is_empty() { vec![] } else { vec![name] }, "{role:?} in {header}");
        }
        assert!(table.run(0).is_ok(), "{header}");
    }
}

#[test]
fn one_of_several_loss_columns_is_guessed_and_any_can_be_chosen() {
    let mut table = table("params,tokens,loss_openlm,loss_c4,loss_pile\n1B,20B,2.5,2.6,2.7\n");
    assert_eq!(role_of(&table, "loss_openlm"), Role::Loss);
    assert_eq!(table.choices()[0].others, [3, 4]);
    let warning = &table.warnings()[0];
    assert_eq!(warning.code, "runs.choice");
    assert_eq!(warning.message, r#"loss is read from "loss_openlm"; it could be "loss_c4", "loss_pile""#);

    table.assign(3, Role::Loss).unwrap();
    assert_eq!(table.runs().unwrap().l, [2.6]);
    assert_eq!(role_of(&table, "loss_openlm"), Role::Ignore);
    assert!(table.choices().is_empty() && table.warnings().is_empty());
    assert_eq!(table.assign(5, Role::Loss).unwrap_err().code(), "runs.no_such_column");
}

#[test]
fn a_column_that_holds_no_amounts_is_not_guessed() {
    let table = table("size,params,tokens,loss\nsmall,1B,2B,3\nlarge,2B,3B,2\n");
    assert_eq!(role_of(&table, "size"), Role::Ignore);
    assert_eq!(role_of(&table, "params"), Role::Params);
    assert!(table.choices().is_empty());

    let derived = self::table("size,tokens,flops,loss\nsmall,2B,6e19,3\nlarge,3B,8e19,2\n");
    assert_eq!(derived.run(0).unwrap().derived, Some(Role::Params));
}

#[test]
fn what_is_not_given_of_size_tokens_and_flops_is_derived_and_says_so() {
    let from_flops = table("N,C,L\n1e9,1.2e20,2.5\n");
    assert_eq!(from_flops.run(0).unwrap().tokens, 1.2e20 / 6e9);
    assert_eq!(from_flops.run(0).unwrap().derived, Some(Role::Tokens));
    assert_eq!(from_flops.warnings()[0].code, "runs.derived");
    assert_eq!(from_flops.warnings()[0].message, "1 row gives no tokens: derived by C = 6 N D");

    let from_tokens = table("D,C,L\n2e10,1.2e20,2.5\n").run(0).unwrap();
    assert_eq!((from_tokens.params, from_tokens.derived), (1e9, Some(Role::Params)));

    let cell_by_cell = table("N,D,C,L\n1e9,,1.2e20,2.5\n1e9,2e10,n/a,2.5\n1e9,2e10,1.3e20,2.5\n");
    let derived = [0, 1, 2].map(|row| cell_by_cell.run(row).unwrap().derived);
    assert_eq!(derived, [Some(Role::Tokens), Some(Role::Flops), None]);
    assert_eq!(cell_by_cell.run(2).unwrap().flops, 1.3e20);
}

#[test]
fn rows_that_cannot_be_used_stay_and_say_why() {
    let text = "name,N,tokens,loss\n\na,1B,20B,2.5\nb,1B,-3,2.5\nc,1B,20B,diverged\nd,0,20B,2.5\n\
                e,1B,20B,NaN\nf,1B,,2.5\ng,1B,inf,2.5\nh,1B\ni,1,000,000,20B,2.5\nj,\"1,5\",20B,2.5\n";
    let table = table(text);
    assert_eq!(table.counts(), Counts { rows: 10, used: 1, off: 0, unreadable: 9 });
    assert_eq!((table.line(0), table.line(9), table.line(10)), (Some(3), Some(12), None));
    assert_eq!((table.cell(2, 3), table.cell(7, 3), table.cell(99, 99)), ("diverged", "", ""));
    let reasons = [
        (
            1,
            "runs.not_positive",
            r#"row 4, column "tokens": expected a positive number of tokens such as "1.4T"; got "-3""#,
        ),
        (
            2,
            "runs.not_a_number",
            r#"row 5, column "loss": expected a positive loss in nats per token such as "2.31"; got "diverged""#,
        ),
        (
            3,
            "runs.not_positive",
            r#"row 6, column "N": expected a positive number of parameters such as "70B"; got "0""#,
        ),
        (
            4,
            "runs.not_finite",
            r#"row 7, column "loss": expected a positive loss in nats per token such as "2.31"; got "NaN", which is not a finite number"#,
        ),
        (
            5,
            "runs.missing",
            r#"row 8, column "tokens": expected a positive number of tokens such as "1.4T"; got nothing"#,
        ),
        (
            6,
            "runs.not_finite",
            r#"row 9, column "tokens": expected a positive number of tokens such as "1.4T"; got "inf", which is not a finite number"#,
        ),
        (
            7,
            "runs.missing",
            r#"row 10, column "loss": expected a positive loss in nats per token such as "2.31"; got nothing"#,
        ),
        (8, "runs.ragged", "row 11: expected 4 cells, one for each column of the header; got 6"),
        (9, "runs.not_a_number", "at character 2 does not separate groups of three digits"),
    ];
    for (row, code, message) in reasons {
        let error = table.run(row).unwrap_err();
        assert_eq!((error.code(), error.at().row), (code, Some(row)));
        assert!(error.to_string().contains(message), "{error}");
    }
    let error = table.run(1).unwrap_err();
    assert_eq!(error.expected().as_deref(), Some("a positive number of tokens"));
    assert_eq!((error.given().as_deref(), error.unit()), (Some("-3"), Some("tokens")));
    assert_eq!(error.at().column.as_deref(), Some("tokens"));
}

#[test]
fn a_derived_amount_out_of_range_makes_its_row_unusable() {
    let error = table("N,D,L\n1e200,1e200,2.5\n").run(0).unwrap_err();
    assert_eq!(error.code(), "runs.not_finite");
    assert!(error.to_string().starts_with("row 2, column \"FLOPs, derived as 6 N D\""), "{error}");
}

#[test]
fn rows_are_numbered_as_an_editor_numbers_them() {
    let table = table("N,D,L,note\n\n1B,2B,3,\"over\ntwo lines\"\n\n\n2B,3B,2.5,\n");
    assert_eq!([table.line(0), table.line(1)], [Some(3), Some(7)]);
    assert_eq!(table.cell(0, 3), "over\ntwo lines");
}

#[test]
fn what_a_law_needs_besides_size_and_tokens_is_sent_by_its_name() {
    let table = table("N,D,L,S,h[web],h[code],note\n1B,2B,3,0.5,0.2,0.8,a\n2B,3B,2.5,,30 %,1,b\n");
    let sent = serde_json::to_value(table.sent_with(&["N", "S", "h"]).unwrap()).unwrap();
    let columns = &sent["columns"];
    assert_eq!(columns["S"], serde_json::json!([0.5, null]));
    assert_eq!(columns["h[web]"], serde_json::json!([0.2, "30 %"]));
    assert_eq!(columns["h[code]"], serde_json::json!([0.8, 1.0]));
    assert!(columns["note"].is_null());
    assert!(serde_json::to_value(table.sent().unwrap()).unwrap()["columns"]["S"].is_null());
}

#[test]
fn rows_can_be_switched_off_and_on() {
    let mut table = table("N,D,L\n1B,2B,3\n2B,3B,2.5\n3B,x,2\n");
    table.switch(0, false).unwrap();
    assert_eq!(table.runs().unwrap().row, [1]);
    assert_eq!(table.counts(), Counts { rows: 3, used: 1, off: 1, unreadable: 1 });
    let sent = serde_json::to_string(&table.sent().unwrap()).unwrap();
    assert_eq!(
        sent,
        r#"{"columns":{"D":[2000000000.0,3000000000.0,null],"L":[3.0,2.5,null],"N":[1000000000.0,2000000000.0,null]},"rows_off":[0,2]}"#
    );
    table.switch(0, true).unwrap();
    assert_eq!(table.runs().unwrap().row, [0, 1]);
    assert_eq!(table.switch(3, true).unwrap_err().to_string(), "expected a row below 3; got 3");
}

#[test]
fn a_cell_can_be_written_anew() {
    let mut table = table("N,D,L,note\n1B,2B,3\n2B,x,2.5,b\n3B,4B,2,c\n");
    table.edit(1, 1, "3B").unwrap();
    assert_eq!(table.runs().unwrap().d, [2e9, 3e9, 4e9]);
    table.edit(0, 3, "a longer note").unwrap();
    table.edit(2, 0, "").unwrap();
    let cells: Vec<Vec<&str>> =
        (0..3).map(|row| (0..4).map(|column| table.cell(row, column)).collect()).collect();
    assert_eq!(cells, [["1B", "2B", "3", "a longer note"], ["2B", "3B", "2.5", "b"], ["", "4B", "2", "c"]]);
    assert_eq!(table.counts().unreadable, 1);
    assert_eq!(table.edit(3, 0, "").unwrap_err().code(), "runs.no_such_row");
    assert_eq!(table.edit(0, 4, "").unwrap_err().code(), "runs.no_such_column");
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    let refused = |bytes: &[u8]| read(bytes).err().map(|error| (error.code(), error.to_string()));
    let cases: [(&[u8], &str, &str); 12] = [
        (b"", "runs.empty", "got nothing"),
        (b" \n\r\n ,, \n", "runs.empty", "got nothing"),
        (b"\xef\xbb\xbf", "runs.empty", "got nothing"),
        (b"N,D,L\n", "runs.no_rows", "expected one run per row below the header"),
        (b"\x7fELF\x00\x01", "runs.binary", "this is a binary file"),
        (b"PK\x03\x04\x14\x00", "runs.binary", "export the sheet as CSV"),
        (b"\xff\xfea", "runs.binary", "a binary file"),
        (b"Gr\xf6\xdfe,D,L\n", "runs.not_utf8", "byte 3 of the file is not: save it again as UTF-8"),
        (b"[{\"N\":1}]", "runs.not_yet", "JSON cannot be read yet"),
        (b"| N | D |\n", "runs.not_yet", "Markdown cannot be read yet"),
        (b"N,D,L\n1B,2B,3\n\"2B,3B,2\n3B,4B,1\n", "runs.open_quote", "row 3: a quotation mark"),
        (&[b','; MAX_COLUMNS], "runs.too_large", "expected at most 1000 columns in a table; got 1001"),
    ];
    for (bytes, code, words) in cases {
        let (given, message) = refused(bytes).unwrap_or_else(|| panic!("{code}"));
        assert_eq!(given, code, "{message}");
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn more_rows_than_the_limit_are_refused_and_the_limit_itself_is_read() {
    let row = "1,2\n";
    let most = format!("N,L\n{}", row.repeat(MAX_ROWS));
    assert_eq!(table(&most).rows(), MAX_ROWS);
    let error = read(most + row).err().unwrap();
    assert_eq!(error.code(), "runs.too_large");
}

#[test]
fn a_table_without_what_a_run_needs_says_what_is_missing() {
    let refused = |text: &str| table(text).runs().unwrap_err();
    assert_eq!(
        refused("width,depth\n1,2\n").to_string(),
        "expected a column for loss and two of size, tokens and FLOPs; no column is read as loss or size or \
         tokens or FLOPs, and the header has \"width\", \"depth\""
    );
    assert!(refused("N,loss\n1B,2\n").to_string().contains("no column is read as tokens or FLOPs,"));
    assert!(refused("N,D\n1B,2\n").to_string().contains("no column is read as loss,"));

    let mut numbers = table("1e9,2e10,2.5\n2e9,4e10,2.3\n");
    assert_eq!(numbers.rows(), 2);
    assert_eq!(numbers.names(), ["column 1", "column 2", "column 3"]);
    assert_eq!(numbers.runs().unwrap_err().code(), "runs.no_header");
    for (column, role) in [Role::Params, Role::Tokens, Role::Loss].into_iter().enumerate() {
        numbers.assign(column, role).unwrap();
    }
    assert_eq!(numbers.runs().unwrap().n, [1e9, 2e9]);
}

#[test]
fn two_columns_of_one_name_are_refused_until_one_is_chosen() {
    let mut table = table("N,D,Loss,loss \n1B,2B,3,4\n");
    let error = table.runs().unwrap_err();
    assert_eq!(error.code(), "runs.duplicate_header");
    assert_eq!(error.to_string(), r#"expected one column "Loss"; columns 3 and 4 both have this name"#);
    assert_eq!(table.run(0).unwrap_err(), error);
    table.assign(3, Role::Loss).unwrap();
    assert_eq!(table.runs().unwrap().l, [4.0]);
    assert!(self::table("note,N,D,L,note\na,1B,2B,3,b\n").runs().is_ok());
}

#[test]
fn a_table_of_which_no_row_can_be_used_says_why_of_the_first() {
    let mut table = table("N,D,L\n-1,2B,3\nx,3B,2\n");
    let error = table.runs().unwrap_err();
    assert_eq!(error.code(), "runs.none_usable");
    assert_eq!(
        error.to_string(),
        "none of the 2 rows can be used; row 2, column \"N\": expected a positive number of parameters such \
         as \"70B\"; got \"-1\""
    );
    table.switch(0, false).unwrap();
    table.switch(1, false).unwrap();
    assert_eq!(table.runs().unwrap_err().to_string(), "all 2 rows are switched off");
}

#[test]
fn amounts_without_their_scale_are_pointed_out() {
    let slips = |text: &str| -> Vec<String> {
        table(text)
            .warnings()
            .into_iter()
            .filter(|w| w.code == "runs.likely_slip")
            .map(|w| w.message)
            .collect()
    };
    assert_eq!(
        slips("N,D,L\n70,1.4,2\n1.5,0.03,3\n"),
        [
            "column \"N\": Read as 70 parameters. Did you mean 70\u{a0}B?",
            "column \"D\": Read as 1.4 tokens. Did you mean 1.4\u{a0}T?"
        ]
    );
    assert!(slips("N (B),D (T),L\n70,1.4,2\n").is_empty());
    assert!(slips("N,D,L\n70,1.4T,2\n7B,2T,2\n").is_empty());
    let warnings = table("N,D,val_bpb\n1B,2B,0.9\n").warnings();
    assert_eq!(warnings[0].code, "runs.loss_unit");
}

#[test]
fn runs_that_no_law_can_be_fitted_to_are_refused_each_by_its_own_code() {
    let code = |text: &str, parameters: usize| {
        let runs = table(text).runs().unwrap();
        let inputs = [("N", "size", &runs.n[..]), ("D", "tokens", &runs.d[..])];
        for_fit(&inputs, ("L", &runs.l), parameters)
            .map(|warnings| warnings.into_iter().map(|warning| warning.code).collect::<Vec<_>>())
            .map_err(|error| error.code())
    };
    assert_eq!(code("N,D,L\n1B,2B,3\n", 5), Err("runs.one_row"));
    assert_eq!(code("N,D,L\n1B,2B,3\n2B,3B,2\n", 5), Err("runs.too_few"));
    assert_eq!(code("N,D,L\n1B,2B,3\n2B,3B,3\n", 2), Err("runs.constant_loss"));
    assert_eq!(code("N,D,L\n1B,2B,3\n1B,3B,2\n", 2), Err("runs.one_value"));
    assert_eq!(code("N,D,L\n1B,2B,3\n2B,2B,2\n", 2), Err("runs.one_value"));
    assert_eq!(code("N,D,L\n1B,2B,3\n2B,3B,2\n", 2), Ok(vec!["runs.none_spare".to_owned()]));
    assert_eq!(code("N,D,L\n1B,2B,3\n2B,3B,2\n", 1), Ok(vec![]));
    assert_eq!(for_fit(&[], ("L", &[]), 5).unwrap_err(), RunsError::NoRows);
    let too_few = for_fit(&[], ("L", &[2.0, 3.0]), 5).unwrap_err();
    assert_eq!(
        too_few.to_string(),
        "expected at least 5 runs, one for each free parameter of the law; got 2"
    );
}

/// Bytes near enough to a table that most rules are met.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "N",
        "D",
        "L",
        "C",
        "loss",
        "params (B)",
        "tokens",
        ",",
        ",",
        ";",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "1",
        "70B",
        "1.4T",
        "1,5",
        "2.5",
        "-3",
        "0",
        "1e400",
        "1e200",
        "NaN",
        "inf",
        "na",
        "\0",
        "é",
        "\u{feff}",
        " ",
        "[",
        "|",
        "−",
        "10²³",
        "\u{a0}",
        "()",
        "[B]",
    ]);
    prop_oneof![
        4 => prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8192))]

    #[test]
    fn hostile_bytes_become_a_table_or_an_error_and_no_row_is_lost(bytes in hostile(), column in 0_usize..6) {
        let Ok(mut table) = read(&bytes) else { return Ok(()) };
        for role in Role::ALL {
            let _ = table.assign(column, role);
            let counts = table.counts();
            prop_assert_eq!(counts.used + counts.off + counts.unreadable, table.rows());
            let readable = (0..table.rows()).filter(|row| table.run(*row).is_ok()).count();
            prop_assert_eq!(readable, counts.used);
            match table.runs() {
                Ok(runs) => {
                    prop_assert_eq!(runs.row.len(), counts.used);
                    let all = runs.n.iter().chain(&runs.d).chain(&runs.l).chain(&runs.c);
                    prop_assert!(all.into_iter().all(|value| value.is_finite() && *value > 0.0));
                    prop_assert!(table.sent().is_ok());
                }
                Err(error) => prop_assert!(!error.to_string().is_empty() && counts.used == 0),
            }
            table.warnings();
        }
    }

    #[test]
    fn a_table_written_with_every_digit_is_read_to_the_bit(
        rows in prop::collection::vec((1e-3_f64..1e15, 1e-3_f64..1e15, 1e-3_f64..20.0), 1..20),
    ) {
        let lines: Vec<String> = rows.iter().map(|(n, d, l)| format!("{n}\t{d:e}\t{l:?}")).collect();
        let runs = table(&format!("N\tD\tL\n{}", lines.join("\n"))).runs().unwrap();
        let read: Vec<(f64, f64, f64)> = (0..rows.len()).map(|at| (runs.n[at], runs.d[at], runs.l[at])).collect();
        prop_assert_eq!(read, rows);
    }
}
