"""The rules shipped with the product."""
