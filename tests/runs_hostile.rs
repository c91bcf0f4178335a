//! No bytes can make the reading of runs panic or hang, and no row is lost without a word.

use isoflop::outcome::Explain;
use isoflop::runs::formats::{File, Opened, open};
use isoflop::runs::{CurveChoices, Decay, LossUnit, MAX_BYTES, Role, RunsBy};
use proptest::prelude::*;
use proptest::sample::Index;

/// Tables to spoil, one of each layout.
const SAMPLES: [&str; 13] = [
    "run,N,step,D,loss,lr\na,1e9,1000,2e9,3.1,1e-3\na,1e9,2000,4e9,2.9,1e-4\nb,2B,1000,2e9,3.0,1e-3\n",
    "N;D;L;weight\n70B;1,4T;1,92;1\n1,5B;3e10;2,5 bits;x\n",
    "N\tD\tval_ppl\tseed\n70B\t1.4T tokens\t6.8\t1\n1.5 B\t30B\t12\t2\n",
    "# comment\n# N D L\n70e9 1.4e12 1.92\n1.5e9 3e10 2.5\n",
    "| N | D | L |\n|---|--:|:-:|\n| 70B | 1.4T | **1.92** |\n| 1.5B | 30B | - |\n\nText.\n",
    "+----+----+\n| N  | L  |\n+----+----+\n| 1B | 3  |\n+----+----+\n",
    "[{\"N\": 70e9, \"D\": 1.4e12, \"L\": NaN, \"c\": {\"a\": [1]}}, {\"N\": 1e9}]",
    "{\"N\":[70e9,\"1.5B\"],\"D\":[1.4e12,3e10],\"L\":[1.92,null]}",
    "{\"N\":{\"0\":70e9,\"1\":1.5e9},\"L\":{\"0\":1.92,\"2\":2.5}}",
    "{\"N\":70e9,\"D\":1.4e12,\"L\":1.92}\n{\"N\":1.5e9,\"D\":3e10,\"L\":2.5}\noops\n",
    "Step,a - loss,a - loss__MIN,b - loss\n100,4.5,4.4,\n200,4.0,4.0,3.9\n",
    "Wall time,Step,Value\n1.5,100,4.5\n2.5,200,4.0\n",
    "Name,State,N,D,loss\na,finished,1e9,2e9,3\nb,crashed,1e9,3e9,2.9\n",
];

/// Names of files, some of which say what they hold.
const NAMES: [&str; 4] = ["runs.csv", "run-a-tag-loss.csv", "run-a-tag-loss.json", "run-b-tag-lr (1).csv"];

/// What strangers put anywhere.
const ODD: [&str; 34] = [
    "\0",
    "\u{feff}",
    "\"",
    "\"\"",
    "'",
    "|",
    "||",
    "\\|",
    "---",
    "|---|",
    "#",
    "sep=;",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    " ",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ":",
    "null",
    "NaN",
    "-Infinity",
    "1e999",
    "-",
    "é𝒳",
    " - ",
    "__MIN",
    "\\u0000",
];

/// Opens the files, and holds what comes to all that is promised.
fn holds(files: &[(&str, &[u8])]) {
    let given: Vec<File> = files.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let Opened { mut table, notes } = match open(&given) {
        Ok(opened) => opened,
        Err(error) => {
            assert!(error.code().starts_with("runs.") && !error.to_string().is_empty(), "{error}");
            let _ = (error.expected(), error.given(), error.unit(), error.at());
            return;
        }
    };
    assert!(notes.iter().all(|note| note.code.starts_with("runs.") && !note.message.is_empty()));
    assert!(table.rows() > 0 && !table.names().is_empty());
    let mapping = table.map(&["S", "h", "D_unique"]);
    assert!(
        mapping.guesses.iter().all(|guess| !guess.reason.is_empty() && guess.column < table.names().len())
    );
    for unit in LossUnit::ALL {
        table.read_loss_as(unit, Some(4.2));
        table.loss_warnings(unit, None);
    }
    table.set_tokens_per_step(Some(1e6));
    for (column, role) in Role::ALL.into_iter().chain(Role::FURTHER).enumerate() {
        let _ = table.assign(column % table.names().len(), role);
        let counts = table.counts();
        assert_eq!(counts.used + counts.off + counts.unreadable, table.rows());
    }
    let (row, column) = (table.rows() / 2, table.names().len() - 1);
    table.edit(row, column, "7B").unwrap();
    assert_eq!(table.cell(row, column), "7B");
    table.map(&[]);
    for runs_by in [RunsBy::Guess, RunsBy::Size, RunsBy::Row] {
        for decay in [None, Some(Decay::Constant)] {
            let standing = table.standing(CurveChoices { runs_by, decay });
            // Every row is in a run, or cannot be read; the end of a run that finished is never left out.
            for row in 0..table.rows() {
                assert_eq!(standing.curves.run[row].is_some(), table.run(row).is_ok());
                let end = standing.curves.last(row);
                let run = standing.curves.run[row].map(|run| &standing.curves.runs[run]);
                let finished = run.is_none_or(|run| run.finished);
                // An end that cannot be read is in no run.
                assert!(end.is_none_or(|end| !finished || !standing.curves.undecayed[end]));
                standing.flags.row(row).for_each(|flag| assert!(!flag.words(&table).is_empty()));
            }
            let rows: usize = standing.curves.runs.iter().map(|run| run.rows.len()).sum();
            assert_eq!(rows, (0..table.rows()).filter(|row| table.run(*row).is_ok()).count());
            if let Ok(sent) = table.sent_as(&standing) {
                assert_eq!(sent.sent.rows_off, standing.rows_off);
                assert_eq!(sent.sent.columns.rows(), Ok(table.rows()));
            }
        }
    }
    for row in 0..table.rows() {
        assert!(table.run(row).is_ok_and(|run| run.loss > 0.0) || table.run(row).is_err());
        let _ = (table.line(row), table.file(row));
    }
    table.warnings();
}

#[test]
fn files_that_once_were_feared_are_read_or_refused() {
    let deep = "[".repeat(100_000);
    let nested = format!("[{{\"a\":{}1{}}}]", "{\"a\":".repeat(5000), "}".repeat(5000));
    let records = (0..2000).map(|at| format!("{{\"k{}\":1}}\n", at % 900)).collect::<Vec<_>>().concat();
    for text in [
        deep.as_str(),
        &nested,
        &records,
        &"#\n".repeat(100_000),
        &"|".repeat(100_000),
        &"|-".repeat(100_000),
        &" a".repeat(100_000),
        &"\"".repeat(99_999),
        &"a - b,".repeat(900),
        &"\r".repeat(100_000),
        "N,D,L\n1,2,3\n\"",
        "{\"N\":[],\"D\":[]}",
        "{\"\":{\"\":1}}",
        "[[],[]]",
        "[{},{}]",
        "{\"columns\":[],\"data\":[]}",
        "{\"columns\":[\"N\"],\"data\":[1]}",
        "sep=;",
        "sep=;\n",
        "|",
        "a|b\n-|-\n",
        "# N D\n",
        "Wall time,Step,Value\n1,1,1\n1,1,1\n",
        "N,D,L,sigma,weight,lr,schedule\n1e308,1e308,1,1,1,1,cos\n1e-308,1e-308,1e-308,1,1,0,cos\n1e-308,1e-308,2,1,1,0,cos\n",
    ] {
        for name in NAMES {
            holds(&[(name, text.as_bytes())]);
        }
    }
    // As large as may be, of nothing.
    holds(&[("zeros", &vec![0; MAX_BYTES])]);
    holds(&[("", b"N,D,L\n1,2,3\n"), ("", b"run,x\na,1\n"), ("", b"run,y\na,1\na,2\n")]);
    holds(&[]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        holds(&[("x", &bytes)]);
    }

    #[test]
    fn a_sample_with_odd_pieces_is_read_or_refused(
        sample in 0..SAMPLES.len(),
        name in 0..NAMES.len(),
        changes in prop::collection::vec((any::<Index>(), 0..ODD.len(), any::<bool>()), 0..6),
    ) {
        let mut letters: Vec<String> = SAMPLES[sample].chars().map(String::from).collect();
        for (at, odd, insert) in changes {
            let at = at.index(letters.len());
            let odd = ODD[odd].to_owned();
            if insert { letters.insert(at, odd) } else { letters[at] = odd }
        }
        holds(&[(NAMES[name], letters.concat().as_bytes())]);
    }

    #[test]
    fn pieces_of_tables_are_read_or_refused(
        pieces in prop::collection::vec((0..SAMPLES.len(), any::<Index>(), 1..30_usize), 1..8),
        odd in prop::collection::vec(0..ODD.len(), 0..8),
    ) {
        let mut text = String::new();
        for (at, (sample, from, length)) in pieces.into_iter().enumerate() {
            let letters: Vec<char> = SAMPLES[sample].chars().collect();
            let from = from.index(letters.len());
            text.extend(&letters[from..letters.len().min(from + length)]);
            text.push_str(odd.get(at).map_or("", |odd| ODD[*odd]));
        }
        holds(&[("x", text.as_bytes())]);
    }

    #[test]
    fn several_samples_become_one_table_or_are_refused(
        samples in prop::collection::vec((0..SAMPLES.len(), 0..NAMES.len()), 2..5),
        cut in any::<Index>(),
    ) {
        let files: Vec<(&str, &[u8])> = samples
            .iter()
            .enumerate()
            .map(|(at, (sample, name))| {
                let bytes = SAMPLES[*sample].as_bytes();
                (NAMES[*name], if at == 0 { &bytes[..cut.index(bytes.len())] } else { bytes })
            })
            .collect();
        holds(&files);
    }
}
