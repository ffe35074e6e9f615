"""The rule base: YAML files to `knowledge.Rulebase`, with lint, self-tests and the bundle."""
