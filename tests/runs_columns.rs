//! Runs that arrive as JSON are read row by row, and the first cell at fault is named.

use isoflop::outcome::Explain;
use isoflop::runs::{Columns, RunsError, Sent, Values};
use isoflop::units::{Expected, Unit};

fn columns(json: &str) -> Columns {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn read(json: &str, off: &[usize]) -> Result<Values, RunsError> {
    let wanted: [(&str, Expected); 3] =
        [("N", Unit::Parameters.into()), ("D", Unit::Tokens.into()), ("L", Unit::NatsPerToken.into())];
    columns(json).read(&wanted, off)
}

#[test]
fn the_example_of_the_contract_is_answered_word_for_word() {
    let mut d = vec!["1e9"; 18];
    d[17] = "\"-3\"";
    let ones = vec!["1"; 18].join(",");
    let json = format!(r#"{{"N":[{ones}],"D":[{}],"L":[{ones}]}}"#, d.join(","));
    let error = read(&json, &[]).unwrap_err();
    assert_eq!(error.code(), "runs.not_positive");
    assert_eq!(
        error.to_string(),
        r#"row 17, column "D": expected a positive number of tokens such as "1.4T"; got "-3""#
    );
    assert_eq!(error.expected().as_deref(), Some("a positive number of tokens"));
    assert_eq!((error.given().as_deref(), error.unit()), (Some("-3"), Some("tokens")));
    assert_eq!(serde_json::to_string(&error.at()).unwrap(), r#"{"row":17,"column":"D"}"#);
    assert_eq!(read(&json, &[17]).unwrap().row.len(), 17);
}

#[test]
fn numbers_and_text_are_read_alike_and_rows_that_are_off_are_not_read() {
    let values =
        read(r#"{"N":["70B",7e10,null],"D":[1400000000000,"1.4T","x"],"L":[1.92,"1.92",-1]}"#, &[2]).unwrap();
    assert_eq!(values.columns, [vec![7e10, 7e10], vec![1.4e12, 1.4e12], vec![1.92, 1.92]]);
    assert_eq!(values.row, [0, 1]);
    assert!(values.warnings.is_empty());
}

#[test]
fn tokens_follow_from_flops_where_they_were_not_sent_and_the_reverse() {
    let values = read(r#"{"N":[1e9],"C":["1.2e20 FLOPs"],"L":[2.5]}"#, &[]).unwrap();
    assert_eq!(values.columns[1], [2e10]);
    assert_eq!(values.warnings[0].message, r#"column "D" was not given and follows from C = 6 N D"#);
    let wanted = [("C", Unit::Flops.into())];
    let flops = columns(r#"{"N":[1e9],"D":[2e10]}"#).read(&wanted, &[]).unwrap();
    assert_eq!(flops.columns, [[1.2e20]]);
    let error = columns(r#"{"N":[1e200],"D":[1e200]}"#).read(&wanted, &[]).unwrap_err();
    assert_eq!(error.code(), "runs.not_finite");
}

#[test]
fn runs_that_cannot_be_read_say_which_column_and_row() {
    for (json, off, code, message) in [
        (r"{}", vec![], "runs.empty", "got nothing"),
        (r#"{"N":[],"D":[],"L":[]}"#, vec![], "runs.no_rows", "the table has no rows"),
        (
            r#"{"N":[1,2],"D":[1],"L":[1,2]}"#,
            vec![],
            "runs.unequal_lengths",
            r#"expected columns of one length; "D" has 1 rows and "L" has 2"#,
        ),
        (
            r#"{"N":[1],"L":[1]}"#,
            vec![],
            "runs.no_column",
            r#"expected a column "D"; the runs have "L", "N""#,
        ),
        (
            r#"{"N":[1],"C":[1],"x":[1]}"#,
            vec![],
            "runs.no_column",
            r#"expected a column "L"; the runs have "C", "N", "x""#,
        ),
        (
            r#"{"N":[null],"D":[1],"L":[1]}"#,
            vec![],
            "runs.missing",
            r#"row 0, column "N": expected a positive number of parameters such as "70B"; got nothing"#,
        ),
        (r#"{"N":["big"],"D":[1],"L":[1]}"#, vec![], "runs.not_a_number", r#"got "big""#),
        (
            r#"{"N":[1],"D":[0],"L":[1]}"#,
            vec![],
            "runs.not_positive",
            r#"row 0, column "D": expected a positive number of tokens such as "1.4T"; got "0""#,
        ),
        (r#"{"N":[1],"D":[1],"L":["NaN"]}"#, vec![], "runs.not_finite", "not a finite number"),
        (r#"{"N":["1e400"],"D":[1],"L":[1]}"#, vec![], "runs.out_of_range", "1.8e308"),
        (r#"{"N":[1],"D":[1],"L":[1]}"#, vec![1], "runs.no_such_row", "expected a row below 1; got 1"),
        (r#"{"N":[1],"D":[1],"L":[1]}"#, vec![0], "runs.none_usable", "all 1 rows are switched off"),
    ] {
        let error = read(json, &off).unwrap_err();
        assert_eq!(error.code(), code, "{json}: {error}");
        assert!(error.to_string().contains(message), "{json}: {error}");
    }
}

#[test]
fn a_column_given_twice_and_a_cell_of_another_kind_are_refused() {
    let refused = |json: &str| serde_json::from_str::<Columns>(json).unwrap_err().to_string();
    assert!(refused(r#"{"N":[1],"N":[2]}"#).starts_with(r#"expected one column "N"; two have this name"#));
    assert!(refused(r#"{"N":[true]}"#).contains(r#"expected a number, or text such as "70B""#));
    assert!(refused("[1]").contains("expected columns of numbers"));
}

#[test]
fn what_a_table_sends_reads_back_to_the_bit() {
    let text = "N,D,L\n74373.33,1.0000000000000002e9,3.3\n1B,bad,2\n70B,1.4T,1.920846\n";
    let table = isoflop::runs::read(text).unwrap();
    let json = serde_json::to_string(&table.sent().unwrap()).unwrap();
    let sent: Sent = serde_json::from_str(&json).unwrap();
    let wanted =
        [("N", Unit::Parameters.into()), ("D", Unit::Tokens.into()), ("L", Unit::NatsPerToken.into())];
    let values = sent.columns.read(&wanted, &sent.rows_off).unwrap();
    let runs = table.runs().unwrap();
    assert_eq!(values.columns, [runs.n, runs.d, runs.l]);
    assert_eq!(values.row, runs.row);
}
