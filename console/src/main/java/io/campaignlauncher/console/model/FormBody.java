package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a filled-in form asks the job-service for. Equal forms are equal bodies.
 *
 * @param mistakes that are found before anybody is asked; with one there is no use in asking
 */
public record FormBody(ObjectNode body, List<Blocker> mistakes) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    /** Where the Digital Services Act holds. */
    private static final Set<String> EU = Set.of("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR",
            "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    public FormBody {
        mistakes = List.copyOf(mistakes);
    }

    public static FormBody of(LaunchForm form, Money money) {
        return new Writing(form, money).written();
    }

    private static final class Writing {

        private final LaunchForm form;
        private final Money money;
        private final ObjectNode body = JSON.createObjectNode();
        private final List<Blocker> mistakes = new ArrayList<>();

        Writing(LaunchForm form, Money money) {
            this.form = form;
            this.money = money;
        }

        FormBody written() {
            given(body, "userId");
            given(body, "adAccountId");
            given(body, "credentialId");
            shape();
            given(body, "pageId");
            given(body, "pixelId");
            var campaign = body.putObject("campaign");
            given(campaign, "name");
            given(campaign, "objective");
            var categories = campaign.putArray("specialAdCategories");
            form.categories().stream().sorted().forEach(categories::add);
            adSet(body.putObject("adSet"));
            var ad = body.putObject("ad");
            given("adName", name -> ad.put("name", name));
            ad.set("creative", creative());
            if (form.isLater()) {
                start();
            }
            given(body, "rollbackPolicy");
            given(body, "duplicateName");
            return new FormBody(patched(body, object(FormField.MORE)), mistakes);
        }

        private void shape() {
            given(body, "strategy");
            if (form.isListed()) {
                listed();
            } else {
                number(FormField.COUNT, body,
                        form.text("strategy").equals(LaunchForm.ONE_AD_SET) ? "adCount" : "adSetCount");
            }
        }

        private void listed() {
            var list = read(FormField.AD_SETS);
            if (list != null && list.isArray()) {
                body.set("adSets", list);
            } else if (list != null) {
                mistakes.add(FormField.AD_SETS.blocked("Write a list: [ … ], with an object for each ad set."));
            }
        }

        private void adSet(ObjectNode adSet) {
            given("adSetName", name -> adSet.put("name", name));
            given("dailyBudget", amount -> money.minorUnits(amount).ifPresentOrElse(
                    minorUnits -> adSet.put("dailyBudget", minorUnits),
                    () -> mistakes.add(FormField.BUDGET.blocked(money.rule()))));
            given(adSet, "billingEvent");
            given(adSet, "optimizationGoal");
            adSet.set("targeting", targeting());
            given("beneficiary", name -> further(adSet).put("dsa_beneficiary", name));
            given("payer", name -> further(adSet).put("dsa_payor", name));
        }

        private static ObjectNode further(ObjectNode adSet) {
            return adSet.get("graphFields") instanceof ObjectNode fields ? fields : adSet.putObject("graphFields");
        }

        private ObjectNode targeting() {
            var targeting = object(FormField.TARGETING);
            given("countries", text -> {
                var countries = countries(text);
                if (countries.stream().allMatch(one -> COUNTRY.matcher(one).matches())) {
                    var places = targeting.get("geo_locations") instanceof ObjectNode object ? object
                            : targeting.putObject("geo_locations");
                    var list = places.putArray("countries");
                    countries.forEach(list::add);
                } else {
                    mistakes.add(FormField.COUNTRIES.blocked("Write two letters for each, such as US, DE, GB."));
                }
            });
            number(FormField.AGE_MIN, targeting, "age_min");
            number(FormField.AGE_MAX, targeting, "age_max");
            given("gender", gender -> targeting.putArray("genders").add(gender.equals("men") ? 1 : 2));
            return targeting;
        }

        private ObjectNode creative() {
            if (!form.text("creative").isEmpty()) {
                return object(FormField.CREATIVE);
            }
            var creative = JSON.createObjectNode();
            var story = creative.putObject("object_story_spec");
            given("pageId", page -> story.put("page_id", page));
            var link = story.putObject("link_data");
            given(link, "link");
            given(link, "message");
            given("headline", text -> link.put("name", text));
            given(link, "description");
            given(link, "image");
            given("callToAction", type -> link.putObject("call_to_action").put("type", type));
            return creative;
        }

        private void start() {
            var at = form.text("startAt");
            if (at.isEmpty()) {
                mistakes.add(FormField.START.blocked("Say when it begins, or let it begin now."));
            } else {
                body.put("startAt", at);
            }
        }

        private void given(ObjectNode into, String name) {
            given(name, text -> into.put(name, text));
        }

        private void given(String name, Consumer<String> use) {
            if (!form.text(name).isEmpty()) {
                use.accept(form.text(name));
            }
        }

        private void number(FormField field, ObjectNode into, String name) {
            given(field.field(), text -> {
                if (NUMBER.matcher(text).matches()) {
                    into.put(name, Integer.parseInt(text));
                } else {
                    mistakes.add(field.blocked("Write a whole number."));
                }
            });
        }

        /** Empty where nothing was written, or nothing that can be read. */
        private ObjectNode object(FormField field) {
            if (form.text(field.field()).isEmpty()) {
                return JSON.createObjectNode();
            }
            var read = read(field);
            if (read instanceof ObjectNode object) {
                return object;
            }
            if (read != null) {
                mistakes.add(field.blocked("Write an object: { … }."));
            }
            return JSON.createObjectNode();
        }

        /** Null where it cannot be read, which is noted. */
        private @Nullable JsonNode read(FormField field) {
            try {
                return JSON.readTree(form.text(field.field()));
            } catch (JacksonException e) {
                var at = e.getLocation();
                mistakes.add(field.blocked("This is no JSON"
                        + (at == null ? "." : ": look at line " + at.getLineNr() + ".")));
                return null;
            }
        }
    }

    private static List<String> countries(String text) {
        return Arrays.stream(text.toUpperCase(Locale.ROOT).split("[,;\\s]+")).filter(one -> !one.isEmpty()).toList();
    }

    /** What only Facebook says otherwise, and that when ad sets are made. */
    static List<Blocker> warnings(LaunchForm form) {
        return form.text("beneficiary").isEmpty() && countries(form.text("countries")).stream().anyMatch(EU::contains)
                ? List.of(
                        FormField.BENEFICIARY.blocked("Among the countries are some of the EU. There Facebook wants to"
                                + " know who benefits and who pays, unless the ad account says so."))
                : List.of();
    }

    /** A merge patch (RFC 7396): what is null there is left out, objects are merged. */
    private static ObjectNode patched(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
            } else if (change.getValue() instanceof ObjectNode inner) {
                var before = target.get(change.getKey()) instanceof ObjectNode object ? object
                        : JSON.createObjectNode();
                target.set(change.getKey(), patched(before, inner));
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
        return target;
    }
}
