-- Each report stands at one node of the map: the one its area had on the last day the report covers.
SELECT
    r.report_id, r.version_id, r.slot_id, r.duty_id, n.node_id, n.fit,
    r.submitted, r.on_time, r.accepted, r.timely, r.confirmed
FROM report r
JOIN node n ON n.area_id = r.area_id AND n.first_day <= r.last_day AND r.last_day < n.end_day
