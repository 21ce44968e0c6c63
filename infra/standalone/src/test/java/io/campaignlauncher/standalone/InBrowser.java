package io.campaignlauncher.standalone;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A test class with a browser, which it gets as a parameter. Where there is none it is skipped and says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InBrowser.Opened.class)
@interface InBrowser {

    /** One for each class, which is closed after it. */
    final class Opened implements ExecutionCondition, ParameterResolver {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Chromium.isHere() ? ConditionEvaluationResult.enabled("there is a Chromium")
                    : ConditionEvaluationResult
                            .disabled("no Chromium on this machine (Debian: apt-get install chromium):"
                                    + " what people see in a browser is not tried");
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(Chromium.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var ofClass = context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
            return ofClass.getStore(Namespace.create(Opened.class)).computeIfAbsent(Chromium.class,
                    _ -> Chromium.start());
        }
    }
}
