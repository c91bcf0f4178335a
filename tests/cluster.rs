//! The example that answers a split Question on a Dask cluster comes to the bytes of the unsplit one.
//!
//! It needs Python 3.11 and installs the packages of its lock file; where there is no Python it is left out, unless
//! `CI=true`.

use std::path::Path;
use std::process::{Command, Output};

use isoflop::ask::answer_text;

fn run(program: &str, args: &[&str]) -> Output {
    let done = Command::new(program).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    done.unwrap_or_else(|error| panic!("{program}: {error}"))
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

#[test]
fn a_cluster_answers_with_the_bytes_of_one_machine() {
    let python = text(&run("scripts/python.sh", &["examples/cluster/requirements.txt"]));
    if python.is_empty() {
        eprintln!("SKIPPED: there is no Python 3.11 or later here");
        return;
    }
    text(&run(env!("CARGO"), &["build", "--quiet", "--locked", "--example", "ask"]));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let program = target.join("debug/examples/ask").display().to_string();
    let sample = |name: &str| format!("{}/examples/questions/{name}.json", env!("CARGO_MANIFEST_DIR"));
    for (name, parts) in [("sweep", "3"), ("fit-bootstrap", "4")] {
        let question = sample(name);
        let args = ["examples/cluster/answer.py", &question, "--ask", &program, "--parts", parts];
        let whole = answer_text(&std::fs::read_to_string(&question).unwrap(), &mut |_| {});
        assert_eq!(text(&run(&python, &args)), whole, "{name}");
    }
    let refused =
        run(&python, &["examples/cluster/answer.py", &sample("allocate"), "--ask", &program, "--parts", "2"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && said.contains("expected a sweep, or a fit with a bootstrap"),
        "{said}"
    );
}
