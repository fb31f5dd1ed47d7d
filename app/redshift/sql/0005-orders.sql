-- One row an order, as it is now: its newest version, however often and in which order its changes came; none once it is removed.
-- The columns are those of contracts/derived/redshift-selections.ts.
CREATE OR REPLACE VIEW shop.orders AS
SELECT order_id, quote_id, status, lines, subtotal_amount, subtotal_currency, shipping_amount, shipping_currency, tax_basis_points, tax_amount, tax_currency, total_amount, total_currency, shipping_address_city, shipping_address_region, shipping_address_country, payment_status, payment_captured_amount, payment_captured_currency, payment_refunded_amount, payment_refunded_currency, payment_decline_code, shipment_tracking_number, shipment_status, timeline, created_at, updated_at, version, customer_id, idempotency_key, item_count, synthetic, arrived_at
FROM (
  SELECT
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."orderId"."S") THEN payload."dynamodb"."NewImage"."orderId"."S"::VARCHAR(36) END AS order_id,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."quoteId"."S") THEN payload."dynamodb"."NewImage"."quoteId"."S"::VARCHAR(36) END AS quote_id,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."status"."S") THEN payload."dynamodb"."NewImage"."status"."S"::VARCHAR(32) END AS status,
    payload."dynamodb"."NewImage"."lines"."L" AS lines,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."subtotal"."M"."amount"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."subtotal"."M"."amount"."N"::VARCHAR, '') AS BIGINT) END AS subtotal_amount,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."subtotal"."M"."currency"."S") THEN payload."dynamodb"."NewImage"."subtotal"."M"."currency"."S"::VARCHAR(32) END AS subtotal_currency,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."shipping"."M"."amount"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."shipping"."M"."amount"."N"::VARCHAR, '') AS BIGINT) END AS shipping_amount,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."shipping"."M"."currency"."S") THEN payload."dynamodb"."NewImage"."shipping"."M"."currency"."S"::VARCHAR(32) END AS shipping_currency,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."taxBasisPoints"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."taxBasisPoints"."N"::VARCHAR, '') AS INTEGER) END AS tax_basis_points,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."tax"."M"."amount"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."tax"."M"."amount"."N"::VARCHAR, '') AS BIGINT) END AS tax_amount,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."tax"."M"."currency"."S") THEN payload."dynamodb"."NewImage"."tax"."M"."currency"."S"::VARCHAR(32) END AS tax_currency,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."total"."M"."amount"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."total"."M"."amount"."N"::VARCHAR, '') AS BIGINT) END AS total_amount,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."total"."M"."currency"."S") THEN payload."dynamodb"."NewImage"."total"."M"."currency"."S"::VARCHAR(32) END AS total_currency,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."shippingAddress"."M"."city"."S") THEN payload."dynamodb"."NewImage"."shippingAddress"."M"."city"."S"::VARCHAR(320) END AS shipping_address_city,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."shippingAddress"."M"."region"."S") THEN payload."dynamodb"."NewImage"."shippingAddress"."M"."region"."S"::VARCHAR(320) END AS shipping_address_region,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."shippingAddress"."M"."country"."S") THEN payload."dynamodb"."NewImage"."shippingAddress"."M"."country"."S"::VARCHAR(1024) END AS shipping_address_country,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."payment"."M"."status"."S") THEN payload."dynamodb"."NewImage"."payment"."M"."status"."S"::VARCHAR(32) END AS payment_status,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."payment"."M"."captured"."M"."amount"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."payment"."M"."captured"."M"."amount"."N"::VARCHAR, '') AS BIGINT) END AS payment_captured_amount,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."payment"."M"."captured"."M"."currency"."S") THEN payload."dynamodb"."NewImage"."payment"."M"."captured"."M"."currency"."S"::VARCHAR(32) END AS payment_captured_currency,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."payment"."M"."refunded"."M"."amount"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."payment"."M"."refunded"."M"."amount"."N"::VARCHAR, '') AS BIGINT) END AS payment_refunded_amount,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."payment"."M"."refunded"."M"."currency"."S") THEN payload."dynamodb"."NewImage"."payment"."M"."refunded"."M"."currency"."S"::VARCHAR(32) END AS payment_refunded_currency,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."payment"."M"."declineCode"."S") THEN payload."dynamodb"."NewImage"."payment"."M"."declineCode"."S"::VARCHAR(1024) END AS payment_decline_code,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."shipment"."M"."trackingNumber"."S") THEN payload."dynamodb"."NewImage"."shipment"."M"."trackingNumber"."S"::VARCHAR(1024) END AS shipment_tracking_number,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."shipment"."M"."status"."S") THEN payload."dynamodb"."NewImage"."shipment"."M"."status"."S"::VARCHAR(32) END AS shipment_status,
    payload."dynamodb"."NewImage"."timeline"."L" AS timeline,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."createdAt"."S") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."createdAt"."S"::VARCHAR, '') AS TIMESTAMPTZ) END AS created_at,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."updatedAt"."S") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."updatedAt"."S"::VARCHAR, '') AS TIMESTAMPTZ) END AS updated_at,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."version"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."version"."N"::VARCHAR, '') AS BIGINT) END AS version,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."customerId"."S") THEN payload."dynamodb"."NewImage"."customerId"."S"::VARCHAR(512) END AS customer_id,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."idempotencyKey"."S") THEN payload."dynamodb"."NewImage"."idempotencyKey"."S"::VARCHAR(1020) END AS idempotency_key,
    CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."itemCount"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."itemCount"."N"::VARCHAR, '') AS BIGINT) END AS item_count,
    CASE WHEN IS_BOOLEAN(payload."dynamodb"."NewImage"."synthetic"."BOOL") THEN payload."dynamodb"."NewImage"."synthetic"."BOOL"::BOOLEAN END AS synthetic,
    approximate_arrival_timestamp AT TIME ZONE 'UTC' AS arrived_at,
    CASE WHEN IS_VARCHAR(payload."eventName") THEN payload."eventName"::VARCHAR(32) END AS change,
    ROW_NUMBER() OVER (
      PARTITION BY CASE WHEN IS_VARCHAR(payload."dynamodb"."Keys"."orderId"."S") THEN payload."dynamodb"."Keys"."orderId"."S"::VARCHAR(64) END
      ORDER BY
        COALESCE(
          CASE WHEN IS_VARCHAR(payload."dynamodb"."NewImage"."version"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."NewImage"."version"."N"::VARCHAR, '') AS BIGINT) END,
          CASE WHEN IS_VARCHAR(payload."dynamodb"."OldImage"."version"."N") THEN TRY_CAST(NULLIF(payload."dynamodb"."OldImage"."version"."N"::VARCHAR, '') AS BIGINT) END,
          0
        ) DESC,
        CASE WHEN IS_VARCHAR(payload."eventName") THEN payload."eventName"::VARCHAR(32) END DESC,
        approximate_arrival_timestamp,
        sequence_number
    ) AS nth
  FROM raw.order_changes
) AS typed
WHERE nth = 1
  AND order_id IS NOT NULL
  AND change <> 'REMOVE';

-- One row a line of an order.
CREATE OR REPLACE VIEW shop.order_lines AS
SELECT
  orders.order_id,
  orders.created_at,
  orders.synthetic,
  orders.payment_captured_amount,
  line."M"."productId"."S"::VARCHAR(256) AS product_id,
  line."M"."name"."S"::VARCHAR(1024) AS name,
  TRY_CAST(line."M"."quantity"."N"::VARCHAR AS INTEGER) AS quantity,
  TRY_CAST(line."M"."lineTotal"."M"."amount"."N"::VARCHAR AS BIGINT) AS amount,
  line."M"."lineTotal"."M"."currency"."S"::VARCHAR(32) AS currency
FROM shop.orders AS orders, orders.lines AS line;
