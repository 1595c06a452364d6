package dev.millrace.lambda;

/** Events as AWS sends them. */
final class Samples {
    static final String SCHEDULED = """
            {"version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", "detail-type": "Scheduled Event",
             "source": "aws.events", "account": "123456789012", "time": "2026-11-21T16:00:00Z",
             "region": "eu-central-1", "resources": ["arn:aws:events:eu-central-1:123456789012:rule/sweep"],
             "detail": {}}""";

    private static final String REQUEST = """
            {"version": "2.0", "routeKey": "$default", "rawPath": "%s", "rawQueryString": "",
             "headers": {"authorization": "%s", "content-type": "application/json", "host": "%s"},
             "requestContext": {"accountId": "anonymous", "apiId": "abc", "domainName": "%s", "domainPrefix": "abc",
               %s"http": {"method": "POST", "path": "%s", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
               "userAgent": "Java-http-client"}, "requestId": "id-1", "routeKey": "$default", "stage": "$default",
               "time": "21/Nov/2026:16:00:00 +0000", "timeEpoch": 1795190400000},
             "body": "%s", "isBase64Encoded": false}""";

    private static final String URL = "abc.lambda-url.eu-central-1.on.aws";
    private static final String API = "abc.execute-api.eu-central-1.amazonaws.com";
    private static final String IAM = """
            "authorizer": {"iam": {"accessKey": "A", "accountId": "1", "userArn": "arn:aws:iam::1:user/u"}},""";

    private Samples() {}

    /** To a function URL that everybody may call. */
    static String url(String path, String authorization, String body) {
        return REQUEST.formatted(path, authorization, URL, URL, "", path, body);
    }

    /** To an HTTP API, without a body. */
    static String api(String path, String authorization) {
        return REQUEST.formatted(path, authorization, API, API, "", path, "");
    }

    /** To a function URL with the authorization AWS_IAM. */
    static String signed(String path) {
        return REQUEST.formatted(path, "AWS4-HMAC-SHA256 Credential=A", URL, URL, IAM, path, "");
    }
}
