-- Rates leave SQL as numerator and denominator; they are divided once, in Decimal, outside.
-- A rate is reported by as many units as gave both of its parts at most.
SELECT
    f.area_id, f.indicator_id, f.total, f.unallocated, f.reported, f.expected, f.numerator, f.denominator,
    t.value AS target
FROM (
    SELECT
        area_id, indicator_id, total, unallocated, reported, expected,
        CAST(NULL AS BIGINT) AS numerator, CAST(NULL AS BIGINT) AS denominator
    FROM span
    UNION ALL
    SELECT
        n.area_id, r.indicator_id, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
        CASE WHEN d.expected > 0 AND d.reported < n.reported THEN d.reported ELSE n.reported END,
        n.expected, n.total, d.total
    FROM ratio r
    JOIN span n ON n.indicator_id = r.numerator_id
    LEFT JOIN span d ON d.indicator_id = r.denominator_id AND d.area_id = n.area_id
) f
JOIN unit u ON u.area_id = f.area_id
LEFT JOIN target t ON t.indicator_id = f.indicator_id AND t.level = u.level
