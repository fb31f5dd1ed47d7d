-- The payload stays whole: a streaming view cannot gain columns. What is not JSON is left out, and holds nothing up.
-- Whether it refreshes itself is for each environment to say, at each deployment.
DROP MATERIALIZED VIEW IF EXISTS raw.clicks;

CREATE MATERIALIZED VIEW raw.clicks AUTO REFRESH NO AS
SELECT approximate_arrival_timestamp, partition_key, shard_id, sequence_number, JSON_PARSE(kinesis_data) AS payload
FROM streams."${clicks}"
WHERE CAN_JSON_PARSE(kinesis_data);
