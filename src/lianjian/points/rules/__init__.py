"""What is asked of points: words and reckoning (`points`), and what is refused (`refused`)."""
