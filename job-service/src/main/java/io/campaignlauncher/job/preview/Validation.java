package io.campaignlauncher.job.preview;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphParameters;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.MediaReferences;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.worker.creation.GraphFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Has Facebook check creations without creating: the campaign, and creatives that ads bring along. Ad sets and ads name a parent that
 * has to exist. One batch, sent once.
 */
final class Validation {

    private static final Logger LOG = LoggerFactory.getLogger(Validation.class);
    private static final String CAMPAIGN = "campaign";
    /** As many as go into one batch of creations. */
    private static final int CREATIVES_MAX = 10;

    private final Graph graph;

    Validation(Graph graph) {
        this.graph = graph;
    }

    /**
     * @param validated    the fields of what Facebook would take
     * @param notValidated what it was not asked about, or did not answer, and why
     * @param refusals     what it would refuse, or has made although it was to check it alone
     * @param answered     false where an answer is missing
     */
    record Validated(List<String> validated, List<Violation> notValidated, List<Violation> refusals,
            boolean answered) {}

    /** What is to be checked, by the field that it is about. */
    private record Wanted(Map<String, GraphOperation> operations, List<Violation> left) {}

    /** @param request with what Facebook knows of its images and videos */
    Mono<Validated> of(AccessToken token, LaunchRequest request, CreateEntities command) {
        var wanted = wanted(request, command);
        return graph.batch(token, List.copyOf(wanted.operations().values()))
                .map(answer -> said(List.copyOf(wanted.operations().keySet()), answer.results(), wanted.left()));
    }

    private static Wanted wanted(LaunchRequest request, CreateEntities command) {
        var operations = new LinkedHashMap<String, GraphOperation>();
        var left = new ArrayList<Violation>();
        operations.put(CAMPAIGN, new GraphFields(command).campaign().validateOnly());
        creatives(request).forEach((creative, field) -> {
            var content = Price.json(creative);
            if (content == null || content.has("creative_id")
                    || content.propertyStream().anyMatch(one -> GraphParameters.mistake(one.getKey()) != null)) {
                left.add(new Violation(field, "names a creative, or is none that can be checked alone"));
            } else if (MediaReferences.areIn(creative)) {
                left.add(new Violation(field, "names an image or a video that cannot be shown yet"));
            } else if (operations.size() > CREATIVES_MAX) {
                left.add(new Violation(field, "is beyond the first " + CREATIVES_MAX + " creatives"));
            } else {
                operations.put(field, GraphOperation.post(command.getAdAccountId() + "/adcreatives",
                        content.propertyStream().collect(Collectors.toMap(Map.Entry::getKey,
                                one -> parameter(one.getValue()))))
                        .validateOnly());
            }
        });
        left.add(new Violation("adSet", "Facebook checks an ad set under a campaign that exists, and none does yet"));
        left.add(new Violation("ad", "Facebook checks an ad in an ad set that exists, and none does yet"));
        return new Wanted(operations, left);
    }

    /** Each that differs, with the first field that it stands in. */
    private static Map<String, String> creatives(LaunchRequest request) {
        var creatives = new LinkedHashMap<String, String>();
        var listed = request.variations().adSets();
        boolean shared = listed.isEmpty() || listed.stream().flatMap(adSet -> adSet.ads().stream())
                .anyMatch(ad -> ad.creative() == null);
        if (shared) {
            creatives.put(request.ad().creative(), "ad.creative");
        }
        for (int i = 0; i < listed.size(); i++) {
            for (int j = 0; j < listed.get(i).ads().size(); j++) {
                var own = listed.get(i).ads().get(j).creative();
                if (own != null) {
                    creatives.putIfAbsent(own, "adSets[" + i + "].ads[" + j + "].creative");
                }
            }
        }
        return creatives;
    }

    private static String parameter(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    private static Validated said(List<String> fields, List<GraphResult> results, List<Violation> left) {
        var validated = new ArrayList<String>();
        var notValidated = new ArrayList<Violation>();
        var refusals = new ArrayList<Violation>();
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            switch (results.get(i)) {
                case GraphResult.Success success when success.id() != null -> refusals.add(made(field, success.id()));
                case GraphResult.Success(var body) when body.path("success").asBoolean(false) -> validated.add(field);
                case GraphResult.Success _ -> notValidated.add(new Violation(field,
                        "Facebook's answer does not say whether it would take it"));
                case GraphResult.Failure(var error) when error.kind() == GraphError.Kind.PERMANENT -> refusals
                        .add(new Violation(field, "Facebook refuses it: " + error.message()));
                case GraphResult.Failure(var error) -> notValidated.add(new Violation(field,
                        "Facebook did not answer: " + error.message()));
            }
        }
        boolean answered = notValidated.isEmpty();
        notValidated.addAll(left);
        return new Validated(validated, notValidated, refusals, answered);
    }

    /** It is left as it is: on the word of an answer that lied once, something else might be deleted. */
    private static Violation made(String field, String id) {
        LOG.error("Facebook was to check a creation alone, and says that it made {}", id);
        return new Violation(field, "Facebook was to check it alone, and says that it made " + id
                + ": look whether it exists, and delete it");
    }
}
