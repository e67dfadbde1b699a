-- Reports due, submitted, on time, accepted and confirmed, by party and level of the reporting units.
SELECT
    c.slot_id, c.area_id, d.party, d.level,
    CAST(SUM(c.expected) AS BIGINT) AS expected,
    CAST(SUM(c.submitted) AS BIGINT) AS submitted,
    CAST(SUM(c.on_time) AS BIGINT) AS on_time,
    CAST(SUM(c.accepted) AS BIGINT) AS accepted,
    CAST(SUM(c.timely) AS BIGINT) AS timely,
    CAST(SUM(c.confirmed) AS BIGINT) AS confirmed
FROM coverage c
JOIN duty d ON d.duty_id = c.duty_id
GROUP BY c.slot_id, c.area_id, d.party, d.level
