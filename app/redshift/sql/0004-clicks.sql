-- One row a click, however often it came. A time that no visitor can mean, long before or after its arrival, is not believed:
-- such a click stays in raw.clicks and is counted in no report. The columns are those of contracts/derived/redshift-selections.ts.
CREATE OR REPLACE VIEW shop.clicks AS
SELECT event_id, type, event_time, anonymous_id, session_id, page, product_id, quantity, price_amount, price_currency, order_id, search_text, result_count, recommendation_id, synthetic, receive_time, user_id, arrived_at
FROM (
  SELECT
    CASE WHEN IS_VARCHAR(payload."eventId") THEN payload."eventId"::VARCHAR(36) END AS event_id,
    CASE WHEN IS_VARCHAR(payload."type") THEN payload."type"::VARCHAR(32) END AS type,
    CASE WHEN IS_VARCHAR(payload."eventTime") THEN TRY_CAST(NULLIF(payload."eventTime"::VARCHAR, '') AS TIMESTAMPTZ) END AS event_time,
    CASE WHEN IS_VARCHAR(payload."anonymousId") THEN payload."anonymousId"::VARCHAR(36) END AS anonymous_id,
    CASE WHEN IS_VARCHAR(payload."sessionId") THEN payload."sessionId"::VARCHAR(36) END AS session_id,
    CASE WHEN IS_VARCHAR(payload."page") THEN payload."page"::VARCHAR(2000) END AS page,
    CASE WHEN IS_VARCHAR(payload."productId") THEN payload."productId"::VARCHAR(256) END AS product_id,
    CASE WHEN IS_INTEGER(payload."quantity") THEN TRY_CAST(payload."quantity"::BIGINT AS INTEGER) END AS quantity,
    CASE WHEN IS_INTEGER(payload."price"."amount") THEN payload."price"."amount"::BIGINT END AS price_amount,
    CASE WHEN IS_VARCHAR(payload."price"."currency") THEN payload."price"."currency"::VARCHAR(32) END AS price_currency,
    CASE WHEN IS_VARCHAR(payload."orderId") THEN payload."orderId"::VARCHAR(36) END AS order_id,
    CASE WHEN IS_VARCHAR(payload."searchText") THEN payload."searchText"::VARCHAR(800) END AS search_text,
    CASE WHEN IS_INTEGER(payload."resultCount") THEN TRY_CAST(payload."resultCount"::BIGINT AS INTEGER) END AS result_count,
    CASE WHEN IS_VARCHAR(payload."recommendationId") THEN payload."recommendationId"::VARCHAR(400) END AS recommendation_id,
    CASE WHEN IS_BOOLEAN(payload."synthetic") THEN payload."synthetic"::BOOLEAN END AS synthetic,
    CASE WHEN IS_VARCHAR(payload."receiveTime") THEN TRY_CAST(NULLIF(payload."receiveTime"::VARCHAR, '') AS TIMESTAMPTZ) END AS receive_time,
    CASE WHEN IS_VARCHAR(payload."userId") THEN payload."userId"::VARCHAR(512) END AS user_id,
    approximate_arrival_timestamp AT TIME ZONE 'UTC' AS arrived_at,
    ROW_NUMBER() OVER (PARTITION BY CASE WHEN IS_VARCHAR(payload."eventId") THEN payload."eventId"::VARCHAR(36) END ORDER BY approximate_arrival_timestamp, sequence_number) AS nth
  FROM raw.clicks
) AS typed
WHERE nth = 1
  AND event_id IS NOT NULL
  AND event_time BETWEEN DATEADD(day, -8, arrived_at) AND DATEADD(hour, 1, arrived_at);
