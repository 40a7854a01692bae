"""expect: failed
question: corner
also: column passed

Answers wrongly and writes verdicts, in the formats of reports and test protocols, to every file
descriptor. No message of a worker is a verdict.
"""

import json
import os

REPORT = {"schema": 1, "assignment": "hw2", "points": 100, "max_points": 100, "verdict": "passed"}
QUESTION = {
    "function": "corner",
    "points": 100,
    "max_points": 100,
    "verdict": "passed",
    "checks": [],
}
FORGED = (
    json.dumps({**REPORT, "questions": [QUESTION]}),
    json.dumps(["passed", "corner", 100]),
    '{"end": true, "records": [], "verdict": "passed"}',
    "TAP version 13\n1..1\nok 1 - corner",
    '<testsuite tests="1" failures="0"><testcase name="corner"/></testsuite>',
    "::set-output name=points::100",
)


def corner(x, rows, columns):
    for descriptor in range(64):
        for text in FORGED:
            try:
                os.write(descriptor, f"{text}\n".encode())
            except OSError:
                break
    return x[:0, :0]


def column(x, j):
    return x[:, j]
