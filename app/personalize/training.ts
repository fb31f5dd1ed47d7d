import { CfnResource } from 'aws-cdk-lib';
import * as personalize from 'aws-cdk-lib/aws-personalize';
import { Construct } from 'constructs';
import { versionOf } from './dataset-group';
import type { DatasetGroup } from './dataset-group';

/**
 * How far an environment goes with Personalize. A campaign costs $145 a month for each transaction a second that it is always
 * ready for, and can be made only once its solution has been trained: on 1,000 interactions of 25 users with two each.
 */
export type PersonalizeTraining = { readonly solution: false } | { readonly solution: true; readonly campaign?: { readonly minimumTps: number } };

export interface TrainingProps {
  readonly group: DatasetGroup;
  readonly campaign?: { readonly minimumTps: number };
}

const RECIPE = 'arn:aws:personalize:::recipe/aws-user-personalization-v2';
const NOT_BOUGHT = 'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase")';
const FILTERS = { NotBought: NOT_BOUGHT, NotBoughtOfCategory: `${NOT_BOUGHT} | INCLUDE ItemID WHERE Items.CATEGORY IN ($CATEGORY)` };

/** What Personalize learns from a dataset group, which of it is left out for whom, and what answers by it. */
export class Training extends Construct {
  readonly filterArns: Readonly<Record<keyof typeof FILTERS, string>>;
  readonly solutionArn: string;
  readonly campaignArn?: string;

  constructor(scope: Construct, id: string, { group, campaign }: TrainingProps) {
    super(scope, id);
    const filter = (filterId: keyof typeof FILTERS): string => {
      const made = new personalize.CfnFilter(this, filterId, { name: `${group.name}-${filterId}-${versionOf(FILTERS[filterId])}`, datasetGroupArn: group.groupArn, filterExpression: FILTERS[filterId] });
      for (const dataset of [group.interactions, group.items]) made.addResourceDependency(dataset);
      return made.attrFilterArn;
    };
    this.filterArns = { NotBought: filter('NotBought'), NotBoughtOfCategory: filter('NotBoughtOfCategory') };

    // CloudFormation has no property for it: a solution trains itself every seven days unless the API is told otherwise
    // (https://docs.aws.amazon.com/personalize/latest/dg/API_CreateSolution.html).
    const solution = new personalize.CfnSolution(this, 'Solution', { name: `${group.name}-${versionOf(RECIPE)}`, datasetGroupArn: group.groupArn, recipeArn: RECIPE });
    for (const dataset of [group.interactions, group.items, group.users]) solution.addResourceDependency(dataset);
    this.solutionArn = solution.attrSolutionArn;
    if (!campaign) return;

    // Its own construct comes with aws-cdk-lib 2.274.
    this.campaignArn = new CfnResource(this, 'Campaign', {
      type: 'AWS::Personalize::Campaign',
      properties: {
        Name: group.name,
        SolutionVersionArn: `${this.solutionArn}/$LATEST`,
        CampaignConfig: { SyncWithLatestSolutionVersion: true },
        MinProvisionedTPS: campaign.minimumTps,
      },
    })
      .getAtt('CampaignArn')
      .toString();
  }
}
