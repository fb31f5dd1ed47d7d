import type * as quicksight from 'aws-cdk-lib/aws-quicksight';

/**
 * QuickSight takes these actions only as whole sets, one for who reads and one for who owns. What is made of them here changes with
 * a release and by nobody else, so that readers are enough, but for analyses, which have owners alone:
 * https://docs.aws.amazon.com/quicksight/latest/APIReference/API_ResourcePermission.html
 */
const ACTIONS = {
  dataSource: ['DescribeDataSource', 'DescribeDataSourcePermissions', 'PassDataSource'],
  dataSet: ['DescribeDataSet', 'DescribeDataSetPermissions', 'PassDataSet', 'DescribeIngestion', 'ListIngestions'],
  dashboard: ['DescribeDashboard', 'ListDashboardVersions', 'QueryDashboard'],
  analysis: ['DescribeAnalysis', 'DescribeAnalysisPermissions', 'QueryAnalysis', 'UpdateAnalysis', 'UpdateAnalysisPermissions', 'RestoreAnalysis', 'DeleteAnalysis'],
} as const;

/** @param principal the ARN of a group or user of QuickSight */
export const permitted = (principal: string, to: keyof typeof ACTIONS): quicksight.CfnDashboard.ResourcePermissionProperty[] => [
  { principal, actions: ACTIONS[to].map((action) => `quicksight:${action}`) },
];
