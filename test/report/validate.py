"""Holds JSON against a definition of a schema.

validate.py SCHEMA DEFINITION FILE...: each file is one document, or, where DEFINITION is "event",
one document a line. DEFINITION "" is the schema itself, which is checked first.
"""

import json
import sys

import jsonschema


def documents(file, by_line):
    with open(file, encoding="utf-8") as stream:
        yield from map(json.loads, stream) if by_line else [json.load(stream)]


def main(schema_file, definition, *files):
    with open(schema_file, encoding="utf-8") as stream:
        schema = json.load(stream)
    jsonschema.Draft7Validator.check_schema(schema)
    if definition:
        schema = {"$ref": f"#/definitions/{definition}", "definitions": schema["definitions"]}
    # A member that the schema does not know is one that nobody has described.
    close(schema)
    validator = jsonschema.Draft7Validator(schema)
    failed = False
    for file in files:
        for document in documents(file, definition == "event"):
            for error in validator.iter_errors(document):
                failed = True
                print(f"{file}: {list(error.absolute_path)}: {error.message[:400]}")
    return failed


def close(schema):
    if isinstance(schema, list):
        for part in schema:
            close(part)
    elif isinstance(schema, dict):
        if schema.get("type") == "object":
            schema["additionalProperties"] = False
        for part in schema.values():
            close(part)


sys.exit(main(*sys.argv[1:]))
