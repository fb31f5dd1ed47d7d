-- Streams of Kinesis by their names. Redshift reads them as the role.
CREATE EXTERNAL SCHEMA IF NOT EXISTS streams FROM KINESIS IAM_ROLE '${streamingRole}';

-- What came in, as it came in.
CREATE SCHEMA IF NOT EXISTS raw;

-- What reports read.
CREATE SCHEMA IF NOT EXISTS shop;
