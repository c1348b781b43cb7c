"""The log file: what is kept of earlier runs."""

from crm_desktop import log


def test_a_log_that_has_grown_long_is_put_aside_and_the_oldest_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "SIZE", 5)
    monkeypatch.setattr(log, "KEEP", 2)
    file = tmp_path / "crm.log"
    log.begin_anew(file)
    for text in ("first run", "second run", "third run", "new"):
        file.write_text(text, encoding="utf-8")
        log.begin_anew(file)
    kept = {each.name: each.read_text(encoding="utf-8") for each in tmp_path.iterdir()}
    assert kept == {"crm.log": "new", "crm.log.1": "third run", "crm.log.2": "second run"}
