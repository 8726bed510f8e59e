"""Technical ground of Lianjian: nothing here knows a county, a case or a person."""
