"""What Lianjian is measured against: the same work in the usual way, over the same tables."""
