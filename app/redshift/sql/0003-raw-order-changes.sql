-- DynamoDB's records of changes to orders: at least once, in no order.
DROP MATERIALIZED VIEW IF EXISTS raw.order_changes;

CREATE MATERIALIZED VIEW raw.order_changes AUTO REFRESH NO AS
SELECT approximate_arrival_timestamp, partition_key, shard_id, sequence_number, JSON_PARSE(kinesis_data) AS payload
FROM streams."${orderChanges}"
WHERE CAN_JSON_PARSE(kinesis_data);
