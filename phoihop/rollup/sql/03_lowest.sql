-- The one join to the facts: sums that can be merged, at the place where the reports stand.
-- "na" is a fact without a value: it counts as reported and adds nothing.
SELECT
    v.place_id, f.indicator_id, f.consolidated,
    CAST(COALESCE(SUM(f.value), 0) AS BIGINT) AS total,
    COUNT(*) AS reported,
    COUNT(*) - COUNT(f.value) AS not_applicable
FROM fact f
JOIN (
    SELECT r.version_id, p.place_id
    FROM placed r
    JOIN place p ON p.node_id = r.node_id AND p.slot_id = r.slot_id AND p.duty_id = r.duty_id AND p.fit = r.fit
    WHERE r.version_id IS NOT NULL
) v ON v.version_id = f.version_id
GROUP BY v.place_id, f.indicator_id, f.consolidated
