"""The pages of conferences and of what they conclude, with who opens them: one in session, one in writing."""

from dataclasses import dataclass
from datetime import timedelta

from phoihop.accounts.models import User
from phoihop.assignments.actions import ask_extension, cascade_assignment, report_progress, send_proposal
from phoihop.assignments.models import Assignment, Proposal
from phoihop.conferences.actions import (
    answer_roll_call,
    ask_to_speak,
    attach_document,
    close_vote,
    draft_conclusion,
    draft_minutes,
    give_floor,
    open_list,
    open_roll_call,
    open_vote,
    prepare_vote,
    register_speech,
    send_invitations,
    write_note,
)
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import ConferenceKind, ConferenceState, SiteKind, SpeakerKind, VoteKind
from phoihop.conferences.facts import SpeechFacts
from phoihop.conferences.models import (
    Conference,
    Delegation,
    Official,
    Organiser,
    Recording,
    RegisteredSpeech,
    Seat,
    Site,
)
from phoihop.core import storage
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from tests.conferences.actions.test_documents import pdf
from tests.conferences.world import ConferenceWorld, conference_world
from tests.factories.assignments import DUE, assigned, drafted, issued, paragraph

Visit = tuple[str, str]  # who, address
SEAT = "a-seat"  # who comes in by a code, without signing in

MEETING_ACTIONS = {  # answer only to what is sent to them
    "assignments:acknowledge", "assignments:add-assignment", "assignments:add-paragraph", "assignments:answer",
    "assignments:ask", "assignments:cascade", "assignments:cascade-draft", "assignments:change-address",
    "assignments:close", "assignments:done", "assignments:edit-paragraph", "assignments:forward", "assignments:grant",
    "assignments:issue", "assignments:number", "assignments:pass-on", "assignments:pass-proposal", "assignments:progress", "assignments:refuse",
    "assignments:remove-assignment", "assignments:remove-paragraph", "assignments:send-back", "assignments:withdraw",
    "conferences:answer_by_phone", "conferences:answer_roll_call", "conferences:ask", "conferences:beacon",
    "conferences:cast_vote", "conferences:change_vote", "conferences:close_roll_call", "conferences:codes_change",
    "conferences:console_act", "conferences:delegation_remove", "conferences:document_remove",
    "conferences:media_answer", "conferences:media_alive", "conferences:media_end", "conferences:media_grant",
    "conferences:media_publish", "conferences:media_receive", "conferences:media_sites",
    "conferences:check_receive", "conferences:check_result", "conferences:check_send", "conferences:draft_conclusion", "conferences:draft_minutes", "conferences:freeze_minutes",
    "conferences:invitations_number", "conferences:invitations_send", "conferences:item_move",
    "conferences:item_remove", "conferences:notice", "conferences:official_remove", "conferences:open_roll_call",
    "conferences:opinions_close", "conferences:opinions_remind", "conferences:organisers",
    "conferences:prepare_vote", "conferences:read_note", "conferences:recording_retry", "conferences:seat_code_change", "conferences:site_remove",
    "conferences:sites_of_level", "conferences:speech_place", "conferences:vote_by_phone", "conferences:withdraw",
    "conferences:write_note",
}  # fmt: skip
MEETING_FILES = {  # a letter, a document, a table, a calendar: no page
    "assignments:calendar", "assignments:evidence", "conferences:chart", "conferences:chart_figures", "conferences:document",
    "conferences:document_page", "conferences:letter", "conferences:letters", "conferences:minutes_file",
    "conferences:notice_file", "conferences:recording_chapters", "conferences:recording_film", "conferences:roll_call_file",
    "conferences:site_board_file", "conferences:vote_file",
}  # fmt: skip
MEETING_PARTS = {  # of a page that follows the session, fetched again alone by its script
    "conferences:board", "conferences:notes_panel", "conferences:panel", "conferences:part", "conferences:roll_call_form",
    "conferences:roll_call_panel", "conferences:site_board_part", "conferences:ticket", "conferences:vote_form", "conferences:vote_panel",
    "conferences:what_moved",
}  # fmt: skip


@dataclass
class Meetings:
    held: ConferenceWorld
    written: Conference
    whole: Assignment  # with parts
    task: Assignment  # its conclusion is issued
    drafted: str  # slug of a conclusion
    in_draft: Assignment
    proposal: Proposal

    @property
    def seat(self) -> Seat:
        return Seat.objects.get(delegation__site=self.held.sites[1], number=1)

    @property
    def door(self) -> str:
        return f"/hoi-nghi/{self.held.conference.slug}/vao/"

    @property
    def code(self) -> str:
        return code_for("seat", self.seat.pk, self.seat.code_edition)

    def pages(self, who: str, officer: str) -> dict[str, list[Visit]]:
        """Of who prepares, presides over and heads a site; some also of who is asked."""
        own = {**self._before(), **self._session(), **self._concluded()}
        shown = {name: [(who, address)] for name, address in own.items()}
        one = f"/hoi-nghi/{self.held.conference.slug}/"
        for name, address in (
            ("conference", ""),
            ("hall", "man-hinh/"),
            ("site", "diem-cau/"),
            ("view", "xem/"),
        ):
            shown[f"conferences:{name}"].append((SEAT, one + address))
        shown["conferences:seat"] = [(SEAT, f"{one}ghe/")]
        shown["conferences:door"] = [("", self.door)]
        shown["conferences:opinion"] = [(officer, f"/hoi-nghi/{self.written.slug}/y-kien/")]
        for name in ("assignments:list", "assignments:assignment", "assignments:proposals"):
            shown[name].append((officer, own[name]))
        shown["assignments:conclusions"].append(("", own["assignments:conclusions"]))
        return shown

    def _before(self) -> dict[str, str]:
        at = f"/hoi-nghi/{self.held.conference.slug}/chuan-bi/"
        site, item = self.held.sites[1], self.held.items[1]
        delegation = Delegation.objects.get(site=site)
        speech = RegisteredSpeech.objects.get()
        official = Official.objects.filter(conference=self.held.conference)[0]
        pages = {
            "prepare": "", "edit": "thong-tin/", "officials": "nhan-su/", "official_new": f"nhan-su/them/?co-quan={official.organisation.slug}",
            "official_edit": f"nhan-su/{official.pk}/", "sites": "diem-cau/", "site_new": "diem-cau/them/",
            "site_edit": f"diem-cau/{site.slug}/", "delegation_new": f"diem-cau/{site.slug}/doan/them/",
            "delegation_edit": f"diem-cau/{site.slug}/doan/{delegation.pk}/", "agenda": "chuong-trinh/",
            "item_new": "chuong-trinh/them/", "item_edit": f"chuong-trinh/{item.pk}/", "item_figures": f"chuong-trinh/{item.pk}/so-lieu/", "documents": "tai-lieu/",
            "speeches": "tham-luan/", "speech_new": "tham-luan/them/", "speech_edit": f"tham-luan/{speech.pk}/",
            "codes": "ma/", "slips": f"ma/{site.slug}/", "invitations": "giay-moi/",
        }  # fmt: skip
        found = {f"conferences:{name}": at + address for name, address in pages.items()}
        opinions = f"/hoi-nghi/{self.written.slug}/chuan-bi/y-kien/"
        return {**found, "conferences:new": "/hoi-nghi/tao/", "conferences:opinions": opinions}

    def _session(self) -> dict[str, str]:
        one = f"/hoi-nghi/{self.held.conference.slug}/"
        pages = {
            "conference": "", "console": "dieu-hanh/", "hall": "man-hinh/", "site": "diem-cau/", "view": "xem/",
            "check": "diem-cau/kiem-tra/", "site_board": "san-sang/",
            "roll_call": "diem-danh/", "votes": "bieu-quyet/", "vote_wall": "bieu-quyet/man-hinh/",
            "redaction": "go-noi-dung/", "recording": "ghi-hinh/", "notes": "gui-chu-tri/", "minutes": "bien-ban/", "minutes_part": "bien-ban/1/phan/opening/",
            "conclusions": "ket-luan/",
        }  # fmt: skip
        found = {f"conferences:{name}": one + address for name, address in pages.items()}
        return {**found, "conferences:list": "/hoi-nghi/"}

    def _concluded(self) -> dict[str, str]:
        pages = {
            "conclusions": "/ket-luan/",
            "new-conclusion": "/ket-luan/moi/",
            "conclusion": f"/ket-luan/{self.task.paragraph.conclusion.slug}/",
            "draft": f"/ket-luan/{self.drafted}/soan/",
            "edit-assignment": f"/ket-luan/{self.drafted}/soan/nhiem-vu/{self.in_draft.pk}/",
            "list": "/nhiem-vu/",
            "overdue": "/nhiem-vu/qua-han/",
            "organisation": f"/nhiem-vu/co-quan/{self.task.lead.slug}/",
            "assignment": f"/nhiem-vu/{self.task.pk}/",
            "parts": f"/nhiem-vu/{self.whole.pk}/phan/",
            "proposals": "/kien-nghi/",
            "new-proposal": "/kien-nghi/moi/",
            "proposal": f"/kien-nghi/{self.proposal.pk}/",
        }
        taken_out = {
            "web:assignment_redaction": f"{pages['assignment']}go-noi-dung/",
            "web:conclusion_redaction": f"/ket-luan/{self.drafted}/go-noi-dung/",
            "web:proposal_redaction": f"{pages['proposal']}go-noi-dung/",
        }
        return taken_out | {f"assignments:{name}": address for name, address in pages.items()}


def meetings_of(
    centre: Organisation, desk: Organisation, unit: Organisation, programme: Programme, person: User
) -> Meetings:
    """Of one centre, a province's desk and a commune's body below it; `person` holds every duty."""
    held = _in_session(conference_world(1, centre), programme, person)
    whole = issued(centre, programme, desk, audience="public")[0]
    cascade_assignment(assignment=whole, level="commune", by=None)
    ask_extension(assignment=whole, wanted_on=DUE.replace(month=8), reason="Mưa lũ", by=None)
    task = issued(centre, programme, unit)[0]
    report_progress(assignment=task, text="Đã phân công các thôn thực hiện", by=None)
    draft = drafted(centre, programme, slug="du-thao")
    in_draft = assigned(paragraph(draft), desk)
    proposal = send_proposal(
        sender=desk, receiver=centre, programme=programme, title="Kinh phí", text="Bố trí kinh phí", answer_by=DUE,
        by=None,
    )  # fmt: skip
    return Meetings(held, _in_writing(held.conference, unit), whole, task, draft.slug, in_draft, proposal)


def _in_session(made: ConferenceWorld, programme: Programme, person: User) -> ConferenceWorld:
    """The roll called, one to speak and one waiting, a vote closed and one open, a note, the minutes begun."""
    conference, first = made.conference, made.items[0]
    conference.programmes.add(programme)
    delegation = Delegation.objects.get(site=made.sites[1])
    facts = SpeechFacts(title_vi="Kinh nghiệm của cơ sở", speaker_post="Giám đốc")
    register_speech(delegation=delegation, facts=facts, by=None)
    attach_document(item=made.items[1], name="bao-cao.pdf", content=pdf("Một", "Hai"), by=None)
    made.in_session()
    called = open_roll_call(conference=conference, by=None)
    answer_roll_call(roll_call=called, delegation=delegation, present=11, by=None, note="Một đồng chí vắng")
    open_list(item=first, by=None)
    asked = [
        ask_to_speak(site=site, kind=SpeakerKind.SPEECH, by=None, post="Giám đốc") for site in made.sites
    ]
    give_floor(speaker=asked[0], by=None)
    write_note(site=made.sites[1], text="Xin phát biểu sau giờ giải lao", by=None)
    votes = [
        prepare_vote(item=first, title_vi=title, title_en=title, kind=VoteKind.NAMED, by=None)
        for title in ("Thông qua báo cáo", "Thông qua kết luận")
    ]
    close_vote(vote=open_vote(vote=votes[0], by=None), by=None)
    open_vote(vote=votes[1], by=None)
    draft_minutes(conference=conference, by=None)
    _recorded(conference, first.pk)
    draft_conclusion(conference=conference, by=None)
    Official.objects.filter(conference=conference).update(user=person)
    Site.objects.filter(pk=made.sites[1].pk).update(head=person)
    return made


def _recorded(conference: Conference, item: int) -> None:
    """As its page looks once there is a film."""
    sha256, path = storage.keep(b"no film at all")
    Recording.objects.create(
        conference=conference, state="made", made_at=conference.starts_at, path=path, sha256=sha256, size_bytes=14,
        seconds=5_400, chapters=[{"seconds": 0, "item": item}], kept_until=conference.starts_at.date(),
    )  # fmt: skip


def _in_writing(like: Conference, asked: Organisation) -> Conference:
    written = Conference.objects.create(
        slug="bang-van-ban",
        kind=ConferenceKind.WRITTEN,
        title_vi="Lấy ý kiến bằng văn bản",
        title_en="Consultation in writing",
        area=like.area,
        starts_at=like.starts_at,
        ends_at=like.ends_at + timedelta(days=10),
        state=ConferenceState.PREPARING,
    )
    Organiser.objects.create(conference=written, organisation=like.organisers.get().organisation)
    site = Site.objects.create(
        conference=written,
        slug="don-vi",
        kind=SiteKind.SPEAKING,
        level=asked.area.level,
        area=asked.area,
        name_vi="Đơn vị",
    )
    Delegation.objects.create(
        site=site, bloc=asked.party, organisation=asked, title_vi="Đơn vị được lấy ý kiến", invited=1
    )
    send_invitations(conference=written, by=None)
    return written
