"""The seventeen scenarios of the platform contract × the adapters: how many posts citizens see, and which test counts.

A cell names its test, or says why an adapter has nothing to show there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """`effects` visible posts, counted by `test` (module::function); or no count, for `reason`."""

    effects: int | None
    test: str = ""
    reason: str = ""


def seen(effects: int, test: str) -> Cell:
    return Cell(effects, test)


def none(reason: str) -> Cell:
    return Cell(None, reason=reason)


LOST, BAD = "tests.contracts.test_lost_answers", "tests.contracts.test_bad_days"
STATION, PURE = "tests.publishers.adapters.test_loudspeaker", "tests.publishers.adapters"
FENCE = "only the fence of delivery keeps two workers from one Facebook post; tested there"
GRANTS = "grants are refreshed by connections, never by an adapter"
READ_ONLY = "a station's page is only read, reading twice changes nothing"
NO_TOKEN = "a station's page is public, there is no token"

TABLE: dict[int, tuple[str, Cell, Cell, Cell, Cell]] = {
    1: (
        "worker killed between every two steps",
        seen(1, f"{LOST}::test_worker_killed_between_two_steps_leaves_one_visible_post"),
        seen(1, f"{LOST}::test_worker_killed_between_two_steps_leaves_one_visible_post"),
        seen(1, f"{LOST}::test_worker_killed_between_two_steps_leaves_one_visible_post"),
        none(READ_ONLY),
    ),
    2: (
        "answer to each write dropped, late, false or cut",
        seen(1, f"{LOST}::test_spoilt_answer_to_a_write_leaves_one_visible_post"),
        seen(1, f"{LOST}::test_spoilt_answer_to_a_write_leaves_one_visible_post"),
        seen(1, f"{LOST}::test_spoilt_answer_to_a_write_leaves_one_visible_post"),
        none(READ_ONLY),
    ),
    3: (
        "the same task delivered twice at once",
        none(FENCE),
        seen(1, f"{BAD}::test_visible_step_made_by_two_workers_at_once_shows_one_post"),
        seen(1, f"{BAD}::test_visible_step_made_by_two_workers_at_once_shows_one_post"),
        none(READ_ONLY),
    ),
    4: (
        "token dies in the middle",
        seen(1, f"{BAD}::test_token_that_dies_between_steps_is_told_and_a_new_one_goes_on"),
        seen(1, f"{BAD}::test_token_that_dies_during_an_upload_keeps_the_bytes_that_arrived"),
        seen(1, f"{BAD}::test_token_that_dies_between_steps_is_told_and_a_new_one_goes_on"),
        none(NO_TOKEN),
    ),
    5: ("ten workers meet one expired token", none(GRANTS), none(GRANTS), none(GRANTS), none(NO_TOKEN)),
    6: ("reply to a refresh lost", none(GRANTS), none(GRANTS), none(GRANTS), none(NO_TOKEN)),
    7: (
        "limit for one channel leaves the others running",
        seen(1, f"{BAD}::test_limit_of_one_page_leaves_another_page_running"),
        seen(1, f"{BAD}::test_limited_channel_rests_and_is_sent_once_afterwards"),
        seen(1, f"{BAD}::test_limited_channel_rests_and_is_sent_once_afterwards"),
        none("our own pages set no limit"),
    ),
    8: (
        "chunk lost, session lost near the end",
        seen(1, f"{BAD}::test_page_upload_session_lost_near_the_end_begins_again_unseen"),
        seen(1, f"{BAD}::test_youtube_session_lost_near_the_end_is_replaced_after_two_looks"),
        none("Zalo takes a clip in one piece; a cut one is handed over again (scenario 2)"),
        none(READ_ONLY),
    ),
    9: (
        "processing fails after success",
        seen(0, f"{BAD}::test_failure_after_success_is_told_and_nothing_is_seen"),
        seen(0, f"{BAD}::test_failure_after_success_is_told_and_nothing_is_seen"),
        seen(0, f"{BAD}::test_failure_after_success_is_told_and_nothing_is_seen"),
        none("a script is rendered before it is served"),
    ),
    10: (
        "duplicate error after an unclear outcome",
        seen(1, f"{BAD}::test_duplicate_error_after_a_lost_answer_is_taken_as_evidence"),
        seen(1, f"{BAD}::test_playlist_entry_whose_answer_was_lost_is_not_added_twice"),
        none("Zalo has no duplicate error; a second article is found by list (scenario 11)"),
        none(READ_ONLY),
    ),
    11: (
        "list lags behind the first look",
        seen(1, f"{BAD}::test_list_that_lags_behind_the_first_look_is_asked_a_second_time"),
        seen(1, f"{BAD}::test_video_of_a_forgotten_session_is_found_in_the_lagging_list"),
        seen(0, f"{BAD}::test_hidden_article_of_a_lost_answer_is_adopted_when_the_list_shows_it"),
        none("a station's page is read by its own address, not from a list"),
    ),
    12: (
        "content refused for good is not sent again",
        seen(0, f"{BAD}::test_content_that_is_refused_for_good_is_sent_once"),
        seen(0, f"{BAD}::test_content_that_is_refused_for_good_is_sent_once"),
        seen(0, f"{BAD}::test_content_that_is_refused_for_good_is_sent_once"),
        none("nobody refuses our own page; the text is checked before booking"),
    ),
    13: (
        "done in part",
        seen(1, f"{BAD}::test_comment_whose_answer_was_lost_is_found_and_not_repeated"),
        seen(1, f"{BAD}::test_video_goes_public_although_its_thumbnail_is_refused"),
        none("an article has no parts that may fail by themselves"),
        none("a page is served whole or not at all"),
    ),
    14: (
        "edit or delete of what is already gone",
        seen(0, f"{BAD}::test_post_is_amended_then_taken_down_and_a_second_take_down_is_fine"),
        seen(0, f"{BAD}::test_post_is_amended_then_taken_down_and_a_second_take_down_is_fine"),
        seen(0, f"{BAD}::test_post_is_amended_then_taken_down_and_a_second_take_down_is_fine"),
        seen(0, f"{STATION}::test_adapter_reads_by_handles_and_knows_when_a_version_is_gone"),
    ),
    15: (
        "NFD and emoji at the exact limits",
        seen(1, f"{BAD}::test_text_of_exactly_the_limit_goes_out_and_one_more_is_refused"),
        seen(1, f"{BAD}::test_youtube_description_is_counted_in_bytes"),
        seen(1, f"{BAD}::test_text_of_exactly_the_limit_goes_out_and_one_more_is_refused"),
        none("a script has no length limit; its seconds are counted by the script room"),
    ),
    16: (
        "the day changes in California and in Viet Nam",
        seen(
            0, f"{PURE}.facebook.test_verdicts::test_rest_is_the_longer_of_the_table_and_facebooks_estimate"
        ),
        seen(0, f"{PURE}.test_waits::test_google_day_ends_at_midnight_in_california"),
        seen(0, f"{PURE}.test_waits::test_zalo_day_ends_at_midnight_in_viet_nam"),
        none("our own pages set no limit"),
    ),
    17: (
        "secrets never in answers, logs, records",
        seen(1, f"{BAD}::test_no_secret_in_answers_logs_or_addresses"),
        seen(1, f"{BAD}::test_no_secret_in_answers_logs_or_addresses"),
        seen(1, f"{BAD}::test_no_secret_in_answers_logs_or_addresses"),
        none(NO_TOKEN),
    ),
}
