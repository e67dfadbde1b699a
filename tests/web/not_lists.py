"""Why a page has no rows counted in lists.py and its neighbours: a new page with a list is pinned there, or stands here."""

PINNED_ELSEWHERE = {  # with the test that counts its queries
    "assignments:assignment": "assignments/test_list_pages",
    "assignments:conclusions": "web/test_meeting_lists",
    "assignments:list": "web/test_meeting_lists",
    "assignments:organisation": "web/test_meeting_lists",
    "assignments:overdue": "web/test_meeting_lists",
    "assignments:parts": "assignments/test_list_pages",
    "assignments:proposals": "web/test_meeting_lists",
    "conferences:agenda": "conferences/views/test_preparing",
    "conferences:codes": "conferences/views/test_preparing",
    "conferences:conference": "conferences/views/test_reading",
    "conferences:console": "conferences/views/test_console",
    "conferences:invitations": "conferences/views/test_preparing",
    "conferences:list": "web/test_meeting_lists",
    "conferences:officials": "conferences/views/test_preparing",
    "conferences:prepare": "conferences/views/test_preparing",
    "conferences:sites": "conferences/views/test_preparing",
    "web:reconciliation": "web/test_reconciliation",
    "web:review_changes": "web/test_review_changes",
    "web:trend": "web/test_trends",
}
ABOUT_ONE = {  # a form, or one thing as it was written: what it shows does not grow with the country
    "accounts:sign_in", "assignments:conclusion", "assignments:draft", "assignments:edit-assignment",
    "assignments:new-conclusion", "assignments:new-proposal", "assignments:proposal", "conferences:delegation_edit",
    "conferences:delegation_new", "conferences:door", "conferences:edit", "conferences:item_edit",
    "conferences:item_figures", "conferences:item_new", "conferences:minutes_part", "conferences:new",
    "conferences:official_edit", "conferences:official_new", "conferences:opinion", "conferences:site_edit",
    "conferences:site_new", "conferences:slips", "conferences:speech_edit", "conferences:speech_new",
    "reviews:section", "web:correct_event", "web:desk_contacts", "web:entry", "web:event", "web:indicator",
    "web:new_event", "web:open_window", "web:uploaded_workbook",
}  # fmt: skip
OF_ONE_DAY = {  # as many rows as one conference has items, speeches, votes and notes
    "conferences:check", "conferences:conclusions", "conferences:hall", "conferences:minutes", "conferences:notes",
    "conferences:opinions", "conferences:seat", "conferences:site", "conferences:speeches", "conferences:view",
    "conferences:vote_wall", "conferences:votes",
}  # fmt: skip
TEXTS_OF_ONE = {  # what may be taken out of one thing; `web:redaction`, the longest, is pinned
    "conferences:redaction", "reviews:redaction", "web:assignment_redaction", "web:conclusion_redaction",
    "web:event_redaction", "web:proposal_redaction",
}  # fmt: skip
FIXED = {"web:gallery", "web:offline", "web:principles", "web:status"}  # the same for everybody, always
NOT_LISTS = PINNED_ELSEWHERE.keys() | ABOUT_ONE | OF_ONE_DAY | TEXTS_OF_ONE | FIXED
