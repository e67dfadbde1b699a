-- Reports due under every unit, by all that the rules ask about a report (duty); placed as values are.
SELECT
    g.slot_id, a.area_id, g.duty_id,
    CAST(SUM(g.expected) AS BIGINT) AS expected,
    CAST(SUM(CASE WHEN a.is_self = 1 AND g.fit = 2 THEN g.expected ELSE 0 END) AS BIGINT) AS expected_itself,
    CAST(SUM(g.submitted) AS BIGINT) AS submitted,
    CAST(SUM(g.on_time) AS BIGINT) AS on_time,
    CAST(SUM(g.accepted) AS BIGINT) AS accepted,
    CAST(SUM(g.timely) AS BIGINT) AS timely,
    CAST(SUM(g.confirmed) AS BIGINT) AS confirmed
FROM (
    SELECT
        slot_id, node_id, fit, duty_id, COUNT(*) AS expected, SUM(submitted) AS submitted,
        SUM(on_time) AS on_time, SUM(accepted) AS accepted, SUM(timely) AS timely, SUM(confirmed) AS confirmed
    FROM placed
    GROUP BY slot_id, node_id, fit, duty_id
) g
JOIN ancestor a ON a.node_id = g.node_id
GROUP BY g.slot_id, a.area_id, g.duty_id
