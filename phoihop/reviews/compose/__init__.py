"""A review from figures: facts are gathered once, then sentences, tables and charts are made from them alone.

gather    the roll-up, the reports due and what they said, as `Facts` (the only part that reads the database)
draft     sections and annexes from facts; a person edits the sections
merge     composing again keeps what was edited
context   the one document that every rendering draws from (docs/review-context.md)
"""
