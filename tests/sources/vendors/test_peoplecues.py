from tests.sources.vendors.exports import counted, loaded, rows, warned

HEADER = ("Objective Title,Owner_Email_ID,Start_Date,Due_Date,Description,Metric_Name,Metric_Type,Metric_Start_Value,Metric_Target_Value,"
          "Parent Objective,Department,Metric Value,Check-in Date,Status,Check-in Comments\n")
UPLOAD = ("Grow,ada@example.com,2026-01-01,2026-12-31,why,Revenue,Currency,10,20,,,12,2026-11-10,On Track,\n"
          "Checkout converts,bo@example.com,2026-10-01,2026-12-31,,,,,,Grow,Checkout,,,On Track,\n"
          "Conversion up,bo@example.com,2026-10-01,2026-12-31,,Conversion,Percentage,2.1,2.6,Checkout converts,Checkout,2.4,2026-11-13,On Track,Wallets help\n"
          "Alone,cy@example.com,2026-10-01,2026-12-31,,NPS,Number,30,40,,Care,35,2026-11-14,Not Achieved,\n")
GROW, PAY = "Grow · ada@example.com · 2026-01-01", "Checkout converts · bo@example.com · 2026-10-01"
UP, ALONE = "Conversion up · bo@example.com · 2026-10-01", "Alone · cy@example.com · 2026-10-01"


def test_objectives_with_a_metric(tmp_path):
    portfolio = loaded(tmp_path, HEADER + UPLOAD)
    assert portfolio.recognised_as == "peoplecues"
    assert rows(portfolio, "outcomes", "outcome_id metric baseline target current") == [(GROW, "Revenue", 10, 20, 12)]
    assert rows(portfolio, "objectives", "objective_id product_id parent_objective_id owner_id status") == [
        (GROW, None, None, "ada@example.com", "On Track"), (PAY, "Checkout", GROW, "bo@example.com", "On Track"),
        (ALONE, "Care", None, "cy@example.com", "missed")]
    assert rows(portfolio, "key_results", "kr_id objective_id title unit baseline target current due_date") == [
        (UP, PAY, "Conversion up", "%", 2.1, 2.6, 2.4, "2026-12-31"), (f"{ALONE} · NPS", ALONE, "NPS", None, 30, 40, 35, "2026-12-31")]
    assert rows(portfolio, "check_ins", "kr_id date value note") == [
        (UP, "2026-11-13", 2.4, "Wallets help"), (f"{ALONE} · NPS", "2026-11-14", 35, None)]
    assert counted(portfolio) == {"used": 4, "merged": 0, "set_aside": 0}
    assert warned(portfolio) == []


def test_every_objective_with_its_own_metric_on_demand(tmp_path):
    portfolio = loaded(tmp_path, HEADER + UPLOAD + UPLOAD, "[exports.peoplecues]\nkey_results = 'none'\noutcomes = 'none'\n")
    assert rows(portfolio, "key_results", "objective_id title") == [(GROW, "Revenue"), (UP, "Conversion"), (ALONE, "NPS")]
    assert counted(portfolio) == {"used": 4, "merged": 4, "set_aside": 0}


def test_a_bulk_update_by_id(tmp_path):
    portfolio = loaded(tmp_path, "Objective ID,Objective Title,Metric Name,Metric Value,Metric_Target_Value,Status\nA-1,Grow,NPS,35,40,Off Track\n")
    assert portfolio.recognised_as == "peoplecues"
    assert rows(portfolio, "key_results", "kr_id current") == [("A-1 · NPS", 35)]
