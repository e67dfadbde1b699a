"""The pages before the session, under /hoi-nghi/<slug>/chuan-bi/."""
