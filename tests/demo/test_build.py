"""The demonstration lives its past in the order of its days."""

from phoihop.demo import build, conclusions, story


def test_each_review_comes_after_the_windows_before_it_and_before_those_after() -> None:
    names = [step.name for step in build.steps()]
    at = {review.slug: names.index(review.title.vi) for review in conclusions.REVIEWS}
    first_of_today = next(index for index, name in enumerate(names) if "2024" in name)
    last_of_2018 = max(
        index for index, name in enumerate(names) if name.endswith("2018") and "Sơ kết" not in name
    )
    assert last_of_2018 < at["so-ket-kon-tum-2019"] < at["so-ket-2019"] < first_of_today
    assert at["so-ket-07-ba-nam"] > first_of_today


def test_the_ledger_is_flushed_before_each_review() -> None:
    steps = build.steps()
    titles = {review.title.vi for review in conclusions.REVIEWS}
    before = [steps[index - 1].act for index, step in enumerate(steps) if step.name in titles]
    assert before == [build.flush_ledger] * len(conclusions.REVIEWS)


def test_every_lived_window_is_a_step() -> None:
    names = [step.name for step in build.steps()]
    assert all(any(name.startswith(form.title_vi) for name in names) for form in story.FORMS)
