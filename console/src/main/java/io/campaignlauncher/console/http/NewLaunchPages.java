package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.LaunchRules;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.console.model.Blocker;
import io.campaignlauncher.console.model.Choices;
import io.campaignlauncher.console.model.EarlierLaunch;
import io.campaignlauncher.console.model.FormBody;
import io.campaignlauncher.console.model.LaunchForm;
import io.campaignlauncher.console.model.LaunchPreview;
import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.Money;
import io.campaignlauncher.console.model.NewLaunch;
import io.campaignlauncher.console.model.Section;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * A launch by form: filled in, checked, launched as it was shown. The page keeps nothing between these: what was typed, the preview's hash
 * and the key that makes the same form one launch are in its forms.
 */
final class NewLaunchPages implements Area {

    private static final String ADDRESS = "/console/new";

    private final Asked jobs;
    private final Pages pages;
    private final LaunchChoices choices;

    NewLaunchPages(Asked jobs, Pages pages, LaunchChoices choices) {
        this.jobs = jobs;
        this.pages = pages;
        this.choices = choices;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(people("GET", ADDRESS, ADVERTISER, ADMIN, SUPER_ADMIN), pages.page(this::form)),
                new Route(people("POST", ADDRESS, ADVERTISER, ADMIN, SUPER_ADMIN),
                        pages.page(request -> sent(request, this::check))),
                new Route(people("POST", ADDRESS + "/launch", ADVERTISER, ADMIN, SUPER_ADMIN),
                        pages.page(request -> sent(request, this::launch))));
    }

    /** The key of a form is in its address: loaded again, or gone back to, it is the same form. */
    private Mono<Void> form(ServerRequest request) {
        var key = Given.in(request, LaunchForm.KEY);
        if (!key.matches("[0-9a-f-]{36}")) {
            var from = Given.in(request, "from");
            return Pages.lead(request.exchange(), URI.create(ADDRESS + "?key=" + newKey()
                    + (from.matches("[0-9a-f-]{36}") ? "&from=" + from : "")));
        }
        return PrincipalToken.of(request).flatMap(asking -> filled(request, asking, key))
                .flatMap(page -> written(request, page));
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private Mono<NewLaunch> filled(ServerRequest request, Principal asking, String key) {
        var known = new HashMap<>(Map.of(LaunchForm.KEY, key));
        var from = Given.in(request, "from");
        if (!from.isEmpty()) {
            return earlier(from, asking, known);
        }
        known.put("userId", asking.subject());
        known.put("adAccountId", Given.in(request, "adAccountId"));
        return choices.of(known.get("adAccountId")).map(choices -> {
            if (choices.credentials().size() == 1) {
                known.put("credentialId", choices.credentials().getFirst().value());
            }
            return NewLaunch.blank(LaunchForm.blank(known), choices, "");
        });
    }

    private Mono<NewLaunch> earlier(String jobId, Principal asking, Map<String, String> known) {
        return jobs.get("/v1/jobs/{jobId}/state", Map.of(), jobId)
                .map(state -> EarlierLaunch.body(state.path("request")))
                .flatMap(body -> money(body).flatMap(money -> {
                    if (!LaunchRules.mayLaunchFor(asking, Launches.text(body, "userId"))) {
                        known.put("userId", asking.subject());
                    }
                    var form = EarlierLaunch.form(body, money, known);
                    return choices.of(form.text("adAccountId")).map(choices -> NewLaunch.blank(form, choices,
                            "This begins with what was launched before, under a further name."
                                    + (money.isKnown() ? ""
                                            : " Its budget is left out: the currency of the ad account is not known just now.")));
                }));
    }

    /** How amounts of the account are counted, which only a look at it tells. */
    private Mono<Money> money(ObjectNode body) {
        return preview(body).map(LaunchPreview::money).onErrorReturn(ServiceProblem.class, Money.ASSUMED);
    }

    private Mono<Void> sent(ServerRequest request, BiFunction<ServerRequest, LaunchForm, Mono<Void>> then) {
        return request.formData().flatMap(sent -> then.apply(request, LaunchForm.of(sent)));
    }

    private Mono<Void> check(ServerRequest request, LaunchForm form) {
        var body = FormBody.of(form, form.money());
        return choices.of(form.text("adAccountId")).flatMap(offered -> body.mistakes().isEmpty()
                ? checked(form, body, offered) : Mono.just(NewLaunch.mistaken(form, offered, body.mistakes())))
                .flatMap(page -> written(request, page));
    }

    private Mono<NewLaunch> checked(LaunchForm form, FormBody body, Choices choices) {
        return preview(body.body()).flatMap(preview -> {
            if (!preview.money().isKnown() || preview.money().decimals() == form.money().decimals()) {
                var known = preview.money().isKnown() ? form.with(preview.money()) : form;
                return Mono.just(NewLaunch.previewed(known, choices, preview));
            }
            return counted(form.with(preview.money()), choices);
        }).onErrorResume(ServiceProblem.class,
                refused -> Mono.just(NewLaunch.refused(form, choices, refused.problem(), "", newKey())));
    }

    /** Once more, with amounts as the account counts them. */
    private Mono<NewLaunch> counted(LaunchForm form, Choices choices) {
        var body = FormBody.of(form, form.money());
        return body.mistakes().isEmpty()
                ? preview(body.body()).map(preview -> NewLaunch.previewed(form, choices, preview))
                : Mono.just(NewLaunch.mistaken(form, choices, body.mistakes()));
    }

    private Mono<LaunchPreview> preview(ObjectNode body) {
        return jobs.send(Call.of(HttpMethod.POST, "/v1/jobs", body).asking(Map.of("dryRun", "true")))
                .map(answer -> LaunchPreview.of(answer, Launches.text(body, "adAccountId")));
    }

    /** As it was shown, or not at all. */
    private Mono<Void> launch(ServerRequest request, LaunchForm form) {
        return request.formData().map(sent -> Given.in(sent, "hash")).flatMap(hash -> {
            var body = FormBody.of(form, form.money());
            if (hash.isEmpty() || !body.mistakes().isEmpty()) {
                return unchecked(request, form, body.mistakes());
            }
            return jobs.send(Call.of(HttpMethod.POST, "/v1/jobs", body.body())
                    .with("Idempotency-Key", form.text(LaunchForm.KEY)).with("Launch-Preview", hash))
                    .flatMap(taken -> Pages.lead(request.exchange(),
                            URI.create("/console/jobs/" + Launches.text(taken, "jobId"))))
                    .onErrorResume(ServiceProblem.class, refused -> choices.of(form.text("adAccountId"))
                            .onErrorReturn(ServiceProblem.class, Choices.NONE)
                            .map(choices -> NewLaunch.refused(form, choices, refused.problem(), hash, newKey()))
                            .flatMap(page -> {
                                request.exchange().getResponse()
                                        .setStatusCode(HttpStatusCode.valueOf(refused.problem().status()));
                                return written(request, page);
                            }));
        });
    }

    private Mono<Void> unchecked(ServerRequest request, LaunchForm form, List<Blocker> mistakes) {
        return choices.of(form.text("adAccountId"))
                .flatMap(choices -> written(request, mistakes.isEmpty()
                        ? NewLaunch.blank(form, choices, "Check it first: it is launched as the check shows it.")
                        : NewLaunch.mistaken(form, choices, mistakes)));
    }

    private Mono<Void> written(ServerRequest request, NewLaunch page) {
        return pages.write(request.exchange(), "new.jte", "New launch", Section.NEW, Map.of("launch", page));
    }
}
