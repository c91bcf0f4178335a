"""Answers one long Question on a cluster, with Dask.

Isoflop splits the Question into parts that need nothing of one another, Dask maps the native program over them on
whatever machines it has, and Isoflop merges the Answers to the bytes of the unsplit one.

    cargo build --release --example ask
    "$(scripts/python.sh examples/cluster/requirements.txt)" examples/cluster/answer.py \\
        examples/questions/sweep.json --parts 64 --scheduler tcp://10.0.0.1:8786

Without --scheduler it starts a cluster of the processors of this machine. `ask` must be at the same path on every
machine; a part that fails, or whose machine is lost, is done again elsewhere.
"""

import argparse
import json
import subprocess
from pathlib import Path

from distributed import Client


def ask(program: str, question: str) -> str:
    """The Answer to one Question, as the text that the program writes."""
    done = subprocess.run([program], input=question + "\n", capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\n")


def checked(answer: str) -> dict:
    """The Answer, read; or the end, with the message, where it is an error."""
    read = json.loads(answer)
    if "error" in read:
        raise SystemExit(read["error"]["message"])
    return read


def answer(client: Client, program: str, question: str, parts: int) -> str:
    """The Answer to a Question that is split, mapped over the cluster and merged."""
    split = checked(ask(program, f'{{"split":{{"question":{question},"parts":{parts}}}}}'))
    questions = [json.dumps(part) for part in split["split"]["questions"]]
    tasks = client.map(ask, [program] * len(questions), questions, pure=False, retries=2)
    answers = client.gather(tasks)
    # As text, so that no digit is read and written again on its way.
    merged = ask(program, f'{{"merge":{{"question":{question},"answers":[{",".join(answers)}]}}}}')
    checked(merged)
    return merged


def main() -> None:
    parser = argparse.ArgumentParser(description="Answers one long Question on a Dask cluster.")
    parser.add_argument("question", type=Path, help="a file with one Question: a sweep, or a fit with a bootstrap")
    parser.add_argument("--parts", type=int, default=64, help="how many parts (default: 64)")
    parser.add_argument("--scheduler", help="the address of a cluster; without it, one of this machine is started")
    parser.add_argument("--ask", type=Path, default=Path("target/release/examples/ask"), help="the native program")
    given = parser.parse_args()
    program = given.ask.resolve()
    if not program.exists():
        parser.error(f"{program} is not there: cargo build --release --example ask")
    where = {"address": given.scheduler} if given.scheduler else {"processes": False, "dashboard_address": None}
    # One Question is one line, and no text in it holds the end of one.
    with Client(**where) as client:
        print(answer(client, str(program), " ".join(given.question.read_text().split("\n")).strip(), given.parts))


if __name__ == "__main__":
    main()
