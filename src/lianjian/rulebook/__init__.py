"""National and local rules as dated data, one evaluator, and the working calendar of the house."""
