package dev.millrace.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;

/** An invocation with so much time, in which the time does not pass. */
record TimedContext(Duration left) implements Context {
    static final String LOG = "2026/11/21/[$LATEST]0123456789abcdef0123456789abcdef";

    @Override
    public int getRemainingTimeInMillis() {
        return (int) left.toMillis();
    }

    @Override
    public String getAwsRequestId() {
        return "r-1";
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/millrace";
    }

    @Override
    public String getLogStreamName() {
        return LOG;
    }

    @Override
    public String getFunctionName() {
        return "millrace";
    }

    @Override
    public String getFunctionVersion() {
        return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:eu-central-1:123456789012:function:millrace";
    }

    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public LambdaLogger getLogger() {
        return null;
    }
}
