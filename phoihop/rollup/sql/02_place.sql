-- Reports that every later step treats alike: same node, same fit, same duty, same windows. One of them names the place.
SELECT
    slot_id, node_id, fit, duty_id, MIN(report_id) AS place_id,
    COUNT(*) AS expected, SUM(submitted) AS submitted, SUM(on_time) AS on_time,
    SUM(accepted) AS accepted, SUM(timely) AS timely, SUM(confirmed) AS confirmed
FROM placed
GROUP BY slot_id, node_id, fit, duty_id
