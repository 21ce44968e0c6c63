package io.campaignlauncher.job.http;

import io.campaignlauncher.job.preview.LaunchPreview;
import io.campaignlauncher.schemas.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A preview as JSON. */
final class PreviewAnswer {

    private PreviewAnswer() {}

    static Map<String, @Nullable Object> of(LaunchPreview preview) {
        var plan = preview.plan();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("launchable", preview.launchable());
        answer.put("outcome", preview.outcome().name());
        answer.put("hash", preview.hash().orElse(null));
        answer.put("names", plan == null ? null : plan.names());
        answer.put("calls", plan == null ? null : plan.calls());
        answer.put("price", plan == null ? null : plan.price());
        answer.put("checks", preview.checks().stream().map(PreviewAnswer::check).toList());
        answer.put("blockers", preview.blockers());
        answer.put("warnings", preview.warnings());
        answer.put("validated", preview.validated());
        answer.put("notValidated", preview.notValidated());
        return answer;
    }

    private static Map<String, String> check(Check check) {
        var shown = new LinkedHashMap<String, String>();
        shown.put("name", check.getName());
        shown.put("outcome", check.getOutcome().name());
        shown.put("detail", check.getDetail());
        return shown;
    }
}
