-- The one join to the facts: sums that can be merged, at the node where the reports stand.
-- "na" is a fact without a value: it counts as reported and adds nothing.
SELECT
    p.slot_id, p.node_id, p.fit, p.duty_id, f.indicator_id, f.consolidated,
    CAST(COALESCE(SUM(f.value), 0) AS BIGINT) AS total,
    COUNT(*) AS reported,
    COUNT(*) - COUNT(f.value) AS not_applicable
FROM fact f
JOIN placed p ON p.version_id = f.version_id
GROUP BY p.slot_id, p.node_id, p.fit, p.duty_id, f.indicator_id, f.consolidated
