"""A distribution's path patterns are compared with the decoded path, where `*` and `?` stop at a line break: `/api/%0a` is not
below `/api/*` and gets a page. AWS lets `*` stand for any characters
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern).
"""

import re

from ministack.services import cloudfront

from .expectation import expect_source


def apply():
    expect_source(__name__, cloudfront._glob_to_regex, has=['".*" if ch == "*"', "_re_compile("], lacks=["DOTALL", "?s"])
    expect_source(__name__, cloudfront._match_behavior, has=['_glob_to_regex(behavior["path_pattern"]).match(path)'])
    to_regex = cloudfront._glob_to_regex
    cloudfront._glob_to_regex = lambda pattern: re.compile(to_regex(pattern).pattern, re.DOTALL)
