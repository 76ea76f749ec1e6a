"""Prints infra/template.yaml as CloudFormation would get it, translated by AWS's own translator.

In: the template's path. Out: JSON. What `sam build` and `sam deploy` would put in the place of a
function's folder, the address of an uploaded archive, is a made-up one here.
"""

import json
import os
import sys

import yaml
from samcli.yamlhelper import yaml_dump, yaml_parse
from samtranslator.translator.transform import transform


class NoManagedPolicies:
    """The template names no policy of AWS's: nothing has to be looked up in an account."""

    def load(self):
        return {}


os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
# CloudFormation knows no anchors: SAM's command line has to write each of them out.
if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(yaml_dump(template))):
    sys.exit("an anchor would be left in what is deployed")
for resource in template["Resources"].values():
    if resource["Type"] == "AWS::Serverless::Function":
        resource["Properties"]["CodeUri"] = "s3://artifacts.example/function.zip"
json.dump(transform(template, {}, NoManagedPolicies()), sys.stdout)
