//! Runs come in as people have them: every layout becomes the same table, and what was done is said.

use isoflop::outcome::Explain;
use isoflop::runs::formats::{File, Opened, open};
use isoflop::runs::{Delimiter, MAX_BYTES, MAX_COLUMNS, Role};

fn files(files: &[(&str, &str)]) -> Opened {
    let given: Vec<File> = files.iter().map(|(name, text)| File { name, bytes: text.as_bytes() }).collect();
    open(&given).unwrap_or_else(|error| panic!("{error}\n{files:?}"))
}

fn one(text: &str) -> Opened {
    files(&[("runs", text)])
}

/// N, D, L and C of the runs in use, every column mapped.
fn runs(text: &str) -> [Vec<f64>; 4] {
    let mut table = one(text).table;
    table.map(&[]);
    let runs = table.runs().unwrap_or_else(|error| panic!("{error}\n{text}"));
    [runs.n, runs.d, runs.l, runs.c]
}

fn codes(opened: &Opened) -> Vec<&str> {
    opened.notes.iter().map(|note| note.code.as_str()).collect()
}

fn refused(files: &[(&str, &[u8])]) -> (&'static str, String) {
    let given: Vec<File> = files.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let error = open(&given).err().expect("refused");
    (error.code(), error.to_string())
}

#[test]
fn the_nine_headers_of_other_tools_are_read() {
    let two = |n: f64, d: f64, l: f64| [vec![n, 2.0 * n], vec![d, 2.0 * d], vec![l, l - 0.1]];
    let check = |text: &str, expected: [Vec<f64>; 3]| {
        let [n, d, l, _] = runs(text);
        assert_eq!([n, d, l], expected, "{text}");
    };
    let near = two(1e9, 2e10, 2.5);
    check("C,N,D,loss\n1.2e20,1e9,2e10,2.5\n4.8e20,2e9,4e10,2.4\n", near.clone());
    check("Model Size,Training FLOP,loss\n1e9,1.2e20,2.5\n2e9,4.8e20,2.4\n", near.clone());
    check("N,D,L,optimizer\n1e9,2e10,2.5,adamw\n2e9,4e10,2.4,muon\n", near.clone());
    check("lr,bs,h,smooth loss,D,N\n1e-3,512,1024,2.5,2e10,1e9\n1e-3,512,1024,2.4,4e10,2e9\n", near.clone());
    check(
        "params,tokens,budget,loss,outlier,reason\n1e9,2e10,1.2e20,2.5,False,\n2e9,4e10,4.8e20,2.4,False,\n",
        near.clone(),
    );
    check("N,N_no_emb,D,C,C4 Eval Loss\n1e9,9e8,2e10,1.2e20,2.5\n2e9,1.9e9,4e10,4.8e20,2.4\n", near.clone());
    check(
        "model_size__total,dataset_size__tokens,test_loss__mean\n1e9,2e10,2.5\n2e9,4e10,2.4\n",
        near.clone(),
    );
    check("model_size,n_tokens,loss\n1e9,2e10,2.5\n2e9,4e10,2.4\n", near.clone());
    let nanochat = "flops_budget,depth,model_dim,params_wte,params_value_embeds,params_lm_head,params_transformer,\
                    params_total,num_iterations,tokens_trained,val_bpb,core_score,train_time_sec\n\
                    1.2e20,12,768,1e8,0,1e8,8e8,1e9,1000,2e10,0.9,0.2,60\n\
                    4.8e20,24,1536,1e8,0,1e8,1.8e9,2e9,1000,4e10,0.8,0.2,60\n";
    check(nanochat, [near[0].clone(), near[1].clone(), vec![0.9, 0.8]]);
}

#[test]
fn every_layout_gives_the_same_runs() {
    let expected = [vec![70e9, 1.5e9], vec![1.4e12, 3e10], vec![1.92, 2.5], vec![5.88e23, 2.7e20]];
    for (text, delimiter) in [
        ("N,D,L\n70e9,1.4e12,1.92\n1.5e9,3e10,2.5\n", Delimiter::Comma),
        ("\u{feff}N,D,L\r\n70e9,1.4e12,1.92\r\n\r\n1.5e9,3e10,2.5", Delimiter::Comma),
        ("N,D,L\r70e9,1.4e12,1.92\r1.5e9,3e10,2.5\r", Delimiter::Comma),
        ("N\tD\tL\n70B\t1.4T tokens\t1.92\n1.5 B\t30B\t2.5", Delimiter::Tab),
        ("N\tD\tL\n70B\t1,4T\t1,92\n1,5B\t30B\t2,5", Delimiter::Tab),
        ("N;D;L\n70B;1,4T;1,92\n1,5B;3e10;2,5\n", Delimiter::Semicolon),
        ("sep=;\r\nN;D;L\r\n70B;1,4T;1,92\r\n1,5B;3e10;2,5\r\n", Delimiter::Semicolon),
        (
            "N;D;L\n70.000.000.000;1.400.000.000.000;1,92\n1.500.000.000;30.000.000.000;2,5\n",
            Delimiter::Semicolon,
        ),
        (
            "\"N\",\"D\",\"L\"\n\"70,000,000,000\",1.4e12,1.92\n1.5e9,\"30,000,000,000\",2.5\n",
            Delimiter::Comma,
        ),
        ("N D L\n70B 1.4T 1.92\n1.5B   30B   2.5\n", Delimiter::Space),
        ("N       D      L\n70 B    1.4 T  1.92\n1.5 B   30 B   2.5\n", Delimiter::Space),
        (
            "       params        tokens  loss\n0  7.0e+10  1.4e+12  1.92\n1  1.5e+09  3.0e+10  2.50\n",
            Delimiter::Space,
        ),
        ("\"N\" \"D\" \"Val loss\"\n\"1\" 70e9 1.4e12 1.92\n\"2\" 1.5e9 3e10 2.5\n", Delimiter::Space),
        ("N|D|L\n70B|1.4T|1.92\n1.5B|30B|2.5\n", Delimiter::Bar),
        ("# N D L\n70e9 1.4e12 1.92\n1.5e9 3e10 2.5\n", Delimiter::Space),
        (
            "# made by a script, on Monday\n# N,D,L\n70e9,1.4e12,1.92\n# the small one\n1.5e9,3e10,2.5\n",
            Delimiter::Comma,
        ),
        ("| N | D | L |\n|---|--:|:-:|\n| 70B | 1.4T | **1.92** |\n| `1.5B` | 30B | 2.5 |\n", Delimiter::Bar),
        (
            "Our runs:\n\nN | D | L\n--|---|--\n70B | 1.4T | 1.92\n1.5B | 30B | 2.5\n\nThat is all.\n",
            Delimiter::Bar,
        ),
        (
            "+------+------+------+\n| N    | D    | L    |\n+======+======+======+\n| 70B  | 1.4T | 1.92 |\n| 1.5B | 30B  | 2.5  |\n+------+------+------+\n",
            Delimiter::Bar,
        ),
        (
            "[{\"N\": 70e9, \"D\": 1.4e12, \"L\": 1.92},\n {\"L\": 2.5, \"D\": \"30B\", \"N\": 1.5e9}]",
            Delimiter::Json,
        ),
        ("{\"N\":[70e9,\"1.5B\"],\"D\":[1.4e12,3e10],\"L\":[1.92,2.5]}", Delimiter::Json),
        (
            "{\"columns\":{\"N\":[70e9,1.5e9],\"D\":[1.4e12,3e10],\"L\":[1.92,2.5]},\"rows_off\":[]}",
            Delimiter::Json,
        ),
        (
            "{\"N\":{\"0\":70e9,\"1\":1.5e9},\"D\":{\"0\":1.4e12,\"1\":3e10},\"L\":{\"0\":1.92,\"1\":2.5}}",
            Delimiter::Json,
        ),
        (
            "{\"columns\":[\"N\",\"D\",\"L\"],\"index\":[0,1],\"data\":[[70e9,1.4e12,1.92],[1.5e9,3e10,2.5]]}",
            Delimiter::Json,
        ),
        (
            "{\"a\":{\"N\":70e9,\"D\":1.4e12,\"L\":1.92},\"b\":{\"N\":1.5e9,\"D\":3e10,\"L\":2.5}}",
            Delimiter::Json,
        ),
        (
            "{\"note\":\"x\",\"runs\":[{\"N\":70e9,\"D\":1.4e12,\"L\":1.92},{\"N\":1.5e9,\"D\":3e10,\"L\":2.5}]}",
            Delimiter::Json,
        ),
        ("[[\"N\",\"D\",\"L\"],[70e9,1.4e12,1.92],[1.5e9,3e10,2.5]]", Delimiter::Json),
        ("{\"N\":70e9,\"D\":1.4e12,\"L\":1.92}\n\n{\"N\":1.5e9,\"D\":3e10,\"L\":2.5}\n", Delimiter::Json),
        (
            "{\n \"N\":70e9,\n \"D\":1.4e12,\"L\":1.92\n}\n{\n \"N\":1.5e9,\"D\":3e10,\"L\":2.5}\n",
            Delimiter::Json,
        ),
    ] {
        assert_eq!(runs(text), expected, "{text}");
        assert_eq!(one(text).table.layout().delimiter, delimiter, "{text}");
    }
}

/// What is written out is read again as it was, with every row's own line and file.
fn written(opened: &Opened) {
    let table = &opened.table;
    let text = table.to_text();
    let mut again = isoflop::runs::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    again.place(&table.origin());
    assert_eq!(again.rows(), table.rows(), "{text}");
    assert_eq!((again.names(), again.layout().decimal), (table.names(), table.layout().decimal), "{text}");
    for row in 0..table.rows() {
        assert_eq!((again.line(row), again.file(row)), (table.line(row), table.file(row)), "{text}");
        for column in 0..table.names().len() {
            assert_eq!(again.cell(row, column), table.cell(row, column), "{row} {column} of\n{text}");
        }
    }
}

#[test]
fn a_table_of_any_layout_is_written_as_text_that_reads_the_same() {
    for text in [
        "N,D,loss\n1B,20B,2.5\n\n2B,40B,2.4\n",
        "N;D;loss\n1,5e9;2e10;2,5\n2e9;4,5e10;2,4\n",
        "| N | D | loss |\n|--:|--:|-----|\n| 1B | 20B | 2.58 |\n| 7B | **140B** | 2.20 |\n",
        "[{\"N\":1e9,\"D\":2e10,\"loss\":2.5,\"note\":\"a, \\\"b\\\"\\nc\"},\n\n{\"N\":2e9,\"D\":4e10,\"loss\":2.4}]",
        "{\"N\":1e9,\"D\":2e10,\"loss\":2.5}\n\n{\"N\":2e9,\"D\":4e10,\"loss\":2.4,\"{x}\":\"|y\"}\n",
        "# seed 1\nN D loss\n1e9 2e10 2.5\n2e9 4e10 2.4\n",
        "1e9,2e10,2.5\n2e9,4e10,2.4\n",
    ] {
        written(&one(text));
    }
    written(&files(&[("a.csv", "N,D,loss\n1e9,2e10,2.5\n"), ("b.csv", "D,N,loss\n\n4e10,2e9,2.4\n")]));
}

#[test]
fn rows_keep_their_line_and_their_columns_that_nothing_reads() {
    let csv = one("# a comment\nN,D,L,note\n1B,2B,3,\"over\r\ntwo lines\"\n\n2B,3B,2.5,b\n").table;
    assert_eq!([csv.line(0), csv.line(1)], [Some(3), Some(6)]);
    assert_eq!(csv.cell(0, 3), "over\ntwo lines");

    let json = one("[\n  {\"N\": 1e9, \"D\": 2e9, \"L\": 3, \"config\": {\"lr\": 1e-3, \"betas\": [0.9, 0.95]}},\n  {\"N\": 2e9,\n   \"D\": 3e9, \"L\": 2.50, \"tag\": \"a\\tb\", \"ok\": true, \"none\": null}\n]\n").table;
    assert_eq!(json.names(), ["N", "D", "L", "config.lr", "config.betas", "tag", "ok", "none"]);
    assert_eq!([json.line(0), json.line(1)], [Some(2), Some(3)]);
    assert_eq!((json.cell(0, 3), json.cell(0, 4), json.cell(0, 5)), ("1e-3", "[0.9, 0.95]", ""));
    assert_eq!(
        (json.cell(1, 2), json.cell(1, 5), json.cell(1, 6), json.cell(1, 7)),
        ("2.50", "a\tb", "true", "")
    );

    let markdown = one("Text.\n\n| N | D | L | x\\|y |\n|---|---|---|---|\n| 1B | 2B | 3 | a\\|b |\n").table;
    assert_eq!(
        (markdown.line(0), markdown.names()[3].as_str(), markdown.cell(0, 3)),
        (Some(5), "x|y", "a|b")
    );
}

#[test]
fn what_stands_beside_a_table_is_counted_and_shown() {
    let comments = one("# seed 1\nN,D,L\n1B,2B,3\n# stopped: see log\n2B,3B,2.5\n");
    assert_eq!(comments.table.rows(), 2);
    assert_eq!(comments.notes[0].code, "runs.comments");
    assert_eq!(comments.notes[0].message, "2 lines: taken as comments, since they begin with #");
    assert_eq!(comments.notes[0].data["lines"], serde_json::json!([1, 4]));

    // Where rows begin with the sign too, nothing is a comment.
    let numbered = one("#,N,D,L\n#1,1B,2B,3\n#2,2B,3B,2.5\n");
    assert_eq!((numbered.table.rows(), numbered.notes.len()), (2, 0));

    let beside = one("We trained two.\n\n| N | D | L |\n|---|---|---|\n| 1B | 2B | 3 |\n\nThanks!\n");
    assert_eq!(codes(&beside), ["runs.text_beside"]);
    let member = one("{\"note\":\"x\",\"runs\":[{\"N\":1,\"D\":2,\"L\":3}]}");
    assert_eq!(member.notes[0].message, "the table is read from \"runs\"; beside it stands \"note\"");
}

#[test]
fn lines_of_json_that_are_none_are_listed_and_the_others_read() {
    let opened =
        one("{\"N\":1e9,\"D\":2e9,\"L\":3}\noops\n{\"N\":2e9,\"D\":3e9,\"L\":2.5}\n{\"N\":3e9,\"D\"");
    assert_eq!(opened.table.rows(), 2);
    assert_eq!(opened.notes[0].code, "runs.lines_unreadable");
    assert!(
        opened.notes[0].message.starts_with("2 lines hold no record; line 2: expected JSON;"),
        "{}",
        opened.notes[0].message
    );
    assert_eq!(opened.notes[0].data["lines"], serde_json::json!([2, 4]));
}

#[test]
fn numbers_that_json_has_not_stand_in_their_row_and_say_so() {
    let table = one("[{\"N\":1e9,\"D\":2e9,\"L\":NaN,\"s\":\"a NaN\"},{\"N\":2e9,\"D\":3e9,\"L\":-Infinity},{\"N\":2e9,\"D\":3e9,\"L\":2}]").table;
    assert_eq!((table.rows(), table.counts().used), (3, 1));
    assert_eq!((table.cell(0, 2), table.cell(0, 3), table.cell(1, 2)), ("NaN", "a NaN", "-Infinity"));
    assert_eq!(table.run(0).unwrap_err().code(), "runs.not_finite");
}

#[test]
fn an_export_with_a_column_for_each_run_becomes_rows() {
    let text = "\"Step\",\"small - a - eval/loss\",\"small - a - eval/loss__MIN\",\"small - a - eval/loss__MAX\",\"big - eval/loss\",\"big - eval/loss__MIN\",\"big - eval/loss__MAX\"\n\
                \"100\",\"4.5\",\"4.4\",\"4.6\",\"\",\"\",\"\"\n\
                \"200\",\"4.0\",\"4.0\",\"4.0\",\"3.9\",\"3.9\",\"3.9\"\n";
    let mut opened = files(&[("history.csv", text)]);
    opened.table.map(&[]);
    let table = &opened.table;
    assert_eq!(codes(&opened), ["runs.long"]);
    assert_eq!(table.names(), ["run", "Step", "eval/loss", "eval/loss__MIN", "eval/loss__MAX"]);
    assert_eq!(table.rows(), 3);
    assert_eq!(
        (table.cell(1, 0), table.cell(1, 1), table.cell(2, 0), table.cell(2, 2)),
        ("small - a", "200", "big", "3.9")
    );
    assert_eq!([table.line(1), table.line(2)], [Some(3), Some(3)]);
    assert_eq!(table.roles()[..3], [Role::Run, Role::Step, Role::Loss]);
    assert_eq!(table.roles()[3..], [Role::Ignore, Role::Ignore]);
}

#[test]
fn a_history_is_joined_to_the_table_of_its_runs() {
    let history = "Step,a - loss,b - loss,c - loss\n100,4.5,4.4,4\n200,4.0,3.9,3.8\n";
    let of_runs =
        "Name,State,n_params,tokens_per_step\na,finished,1B,1M\nb,crashed,2B,1M\nd,finished,3B,1M\n";
    let mut opened = files(&[("history.csv", history), ("runs.csv", of_runs)]);
    let mapping = opened.table.map(&[]);
    let table = &opened.table;
    assert_eq!(codes(&opened), ["runs.long", "runs.joined"]);
    let joined = &opened.notes[1].message;
    assert!(joined.contains("\"runs.csv\" joined to \"history.csv\" by \"Name\" and \"run\""), "{joined}");
    assert!(
        joined.contains("2 rows name no run of the first, and 1 runs of it have no rows: kept"),
        "{joined}"
    );
    assert_eq!(table.names(), ["run", "Step", "loss", "State", "n_params", "tokens_per_step"]);
    assert_eq!(table.rows(), 7);
    // Steps times tokens per step are tokens.
    assert_eq!(table.run(0).unwrap().tokens, 1e8);
    assert_eq!(table.run(3).unwrap().params, 2e9);
    assert!(table.run(4).is_err() && table.run(6).is_err());
    assert_eq!(
        (table.cell(6, 0), table.cell(6, 3), table.file(6), table.file(0)),
        ("d", "finished", Some("runs.csv"), Some("history.csv"))
    );
    assert!(mapping.guesses.iter().any(|guess| guess.role == Role::Batch));
}

#[test]
fn scalars_of_tensorboard_become_rows_of_a_run_and_a_step() {
    let scalar = |values: [&str; 2]| {
        format!("Wall time,Step,Value\n1700000000.5,100,{}\n1700000100.5,200,{}\n", values[0], values[1])
    };
    let (loss_a, loss_b, lr) = (scalar(["4.5", "4.0"]), scalar(["4.4", "3.9"]), scalar(["0.001", "0.0001"]));
    let mut opened = files(&[
        ("run-a-tag-eval_loss.csv", &loss_a),
        ("run-b-tag-eval_loss.csv", &loss_b),
        ("run-a-tag-lr.csv", &lr),
    ]);
    opened.table.map(&[]);
    let table = &opened.table;
    assert_eq!(codes(&opened), ["runs.scalars"]);
    assert_eq!(
        opened.notes[0].message,
        "scalars of TensorBoard: 2 runs with \"eval_loss\", \"lr\", a row for each step"
    );
    assert_eq!(table.names(), ["run", "Step", "Wall time", "eval_loss", "lr"]);
    assert_eq!(table.rows(), 4);
    assert_eq!(
        (table.cell(1, 0), table.cell(1, 3), table.cell(1, 4), table.cell(3, 4)),
        ("a", "4.0", "0.0001", "")
    );
    assert_eq!(table.roles(), [Role::Run, Role::Step, Role::Ignore, Role::Loss, Role::Rate]);

    let json =
        files(&[("run-a-tag-loss.json", "[[1700000000.5, 100, 4.5], [1700000100.5, 200, 4.0]]")]).table;
    assert_eq!((json.names()[3].as_str(), json.cell(1, 3)), ("loss", "4.0"));

    let one = files(&[("loss of one.csv", &loss_a)]).table;
    assert_eq!((one.cell(0, 0), one.names()[3].as_str()), ("loss of one", "Value"));
}

#[test]
fn files_of_one_form_are_stacked_with_the_file_as_a_column() {
    let mut opened = files(&[("a.csv", "N,D,L\n1B,2B,3\n"), ("b.csv", "D;N;L\n3B;1,5B;2,5\n4B;2,5B;x\n")]);
    opened.table.map(&[]);
    let table = &opened.table;
    assert_eq!(codes(&opened), ["runs.stacked", "runs.decimals"]);
    assert_eq!(
        opened.notes[0].message,
        "2 tables stacked, \"a.csv\", \"b.csv\": 3 rows, with the file in column \"file\""
    );
    assert_eq!(table.names(), ["N", "D", "L", "file"]);
    assert_eq!((table.run(1).unwrap().params, table.run(1).unwrap().loss), (1.5e9, 2.5));
    assert_eq!((table.file(0), table.file(2), table.line(2)), (Some("a.csv"), Some("b.csv"), Some(3)));
    assert_eq!(table.cell(2, 3), "b.csv");

    let other = files(&[("a.csv", "N,D,L\n1B,2B,3\n"), ("b.csv", "N,D,val_ppl,lr\n1B,3B,12,1e-3\n")]);
    assert_eq!(other.table.names(), ["N", "D", "L", "val_ppl", "lr", "file"]);
}

#[test]
fn what_is_no_table_is_refused_by_name_and_file() {
    let cases: [(&[u8], &str, &str); 9] = [
        (b"", "runs.empty", "got nothing"),
        (b"[]", "runs.no_rows", "no rows"),
        (b"{}", "runs.no_rows", "no rows"),
        (b"[1, 2]", "runs.no_table", "expected a list of runs such as"),
        (b"[{\"N\": 1}, 2]", "runs.no_table", "got 2"),
        (b"[{\"N\": 1},\n {\"N\": }]", "runs.not_json", "line 2, character 8: expected JSON; expected value"),
        (b"{\"N\":[1,2],\"L\":[1]}", "runs.unequal_lengths", "\"N\" has 2 rows and \"L\" has 1"),
        (b"| N | D |\n|---|---|\n", "runs.no_rows", "no rows"),
        (b"\x7fELF\x00\x01", "runs.binary", "binary"),
    ];
    for (bytes, code, words) in cases {
        let (given, message) = refused(&[("x", bytes)]);
        assert_eq!(given, code, "{message}");
        assert!(message.contains(words), "{message}");
    }
    let (code, message) = refused(&[("a.csv", b"N,D,L\n1,2,3\n"), ("b.csv", b"N,D,L\n")]);
    assert_eq!(code, "runs.no_rows");
    assert!(message.starts_with("b.csv: "), "{message}");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    // Not text at all: it is not looked at.
    let (code, message) = refused(&[("big", &vec![0xff; MAX_BYTES + 1])]);
    assert_eq!(
        (code, message.as_str()),
        ("runs.too_large", "expected at most 67108864 bytes in a table; got 67108865")
    );
    let half = vec![b'1'; MAX_BYTES / 2 + 1];
    assert_eq!(refused(&[("a", &half), ("b", &half)]).0, "runs.too_large");
    let wide = vec![b','; MAX_COLUMNS];
    assert_eq!(refused(&[("wide", &wide)]).0, "runs.too_large");
    let record =
        format!("[{{{}}}]", (0..=MAX_COLUMNS).map(|at| format!("\"k{at}\":1")).collect::<Vec<_>>().join(","));
    assert_eq!(refused(&[("wide.json", record.as_bytes())]).0, "runs.too_large");
}
