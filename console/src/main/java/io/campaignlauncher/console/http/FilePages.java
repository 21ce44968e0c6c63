package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.console.model.Choices;
import io.campaignlauncher.console.model.FileForm;
import io.campaignlauncher.console.model.FileLaunch;
import io.campaignlauncher.console.model.FilePreview;
import io.campaignlauncher.console.model.LaunchPreview;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** A launch from a file of Ads Manager. The file passes through, to be looked at and once more to be launched; nothing of it is kept. */
final class FilePages implements Area {

    static final String ADDRESS = "/console/files";
    private static final long BYTES_MAX = 10L * 1024 * 1024;
    /** For more campaigns nobody waits: the job-service looks at each when it is launched. */
    private static final int LOOKED_AT_MAX = 10;
    private static final Problem LAUNCHED_OTHERWISE = Problem.here(409, "This file was launched before, and otherwise",
            "The same file is the same launches: it was for another ad account, with another credential, or read in another"
                    + " currency or time zone. To launch it as well, change the names of its campaigns.");

    private final Asked jobs;
    private final Pages pages;
    private final FileForms forms;
    private final LaunchChoices choices;

    FilePages(Asked jobs, Pages pages, FileForms forms, LaunchChoices choices) {
        this.jobs = jobs;
        this.pages = pages;
        this.forms = forms;
        this.choices = choices;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(people("GET", ADDRESS, ADVERTISER, ADMIN, SUPER_ADMIN), pages.page(this::form)),
                new Route(people("POST", ADDRESS, ADVERTISER, ADMIN, SUPER_ADMIN), pages.page(this::check)),
                new Route(people("POST", ADDRESS + "/launch", ADVERTISER, ADMIN, SUPER_ADMIN),
                        pages.page(this::launch)));
    }

    private Mono<Void> form(ServerRequest request) {
        return PrincipalToken.of(request).flatMap(asking -> {
            var known = new HashMap<>(request.queryParams().toSingleValueMap());
            known.putIfAbsent("userId", asking.subject());
            var form = FileForm.of(known);
            return choices.of(form.text("adAccountId"))
                    .map(offered -> new FileLaunch(form, offered, "", Given.in(request, "sent"), null, null));
        }).flatMap(page -> written(request, page));
    }

    private Mono<Void> check(ServerRequest request) {
        return forms.read(request, sent -> {
            var form = FileForm.of(sent.fields());
            return Mono.defer(() -> jobs.upload(Call.of(HttpMethod.POST, "/v1/files", null).asking(form.reading()),
                    sent.file().atMost(BYTES_MAX)))
                    .map(FilePreview::of)
                    .flatMap(preview -> preview.isGood() ? lookedAt(preview, form) : Mono.just(preview))
                    .flatMap(preview -> choices.of(form.text("adAccountId"))
                            .map(offered -> new FileLaunch(form, offered, sent.fileName(), "", preview, null)))
                    .onErrorResume(ServiceProblem.class, refused -> refused(request, form, sent, refused));
        }).flatMap(page -> written(request, page));
    }

    /** One campaign after the other, up to the first that cannot be told about. */
    private Mono<FilePreview> lookedAt(FilePreview preview, FileForm form) {
        int count = Math.min(preview.campaigns().size(), LOOKED_AT_MAX);
        return Flux.range(0, count).concatMap(index -> look(preview.campaigns().get(index), preview.sha256(), form))
                .takeUntil(one -> one.outcome() == LaunchPreview.Outcome.INCONCLUSIVE)
                .onErrorComplete(ServiceProblem.class)
                .collectList().map(looks -> {
                    var all = preview;
                    for (int index = 0; index < looks.size(); index++) {
                        all = all.with(index, looks.get(index), form.text("currency"));
                    }
                    return all;
                });
    }

    private Mono<LaunchPreview> look(FilePreview.Campaign campaign, String sha256, FileForm form) {
        var body = (ObjectNode) campaign.launch().deepCopy();
        List.of("userId", "adAccountId", "credentialId").forEach(name -> body.put(name, form.text(name)));
        body.put("mediaUpload", sha256);
        return jobs.send(Call.of(HttpMethod.POST, "/v1/jobs", body).asking(Map.of("dryRun", "true")))
                .map(answer -> LaunchPreview.of(answer, form.text("adAccountId")));
    }

    /** The same file again is the same launches. */
    private Mono<Void> launch(ServerRequest request) {
        return forms.<Object>read(request, sent -> {
            var form = FileForm.of(sent.fields());
            return Mono.defer(() -> jobs.upload(
                    Call.of(HttpMethod.POST, "/v1/files/{sha256}/launch", null, sent.text("sha256"))
                            .asking(form.launching()),
                    sent.file().atMost(BYTES_MAX)))
                    .<Object>map(FileLaunch::jobs)
                    .onErrorResume(ServiceProblem.class, refused -> refused(request, form, sent, refused));
        }).flatMap(done -> done instanceof FileLaunch page ? written(request, page)
                : pages.write(request.exchange(), "launched.jte", "Launched", Section.NEW, Map.of("jobs", done)));
    }

    private Mono<FileLaunch> refused(ServerRequest request, FileForm form, FormWithFile sent, ServiceProblem refused) {
        request.exchange().getResponse().setStatusCode(HttpStatusCode.valueOf(refused.problem().status()));
        var problem = refused.problem().status() == 409 ? LAUNCHED_OTHERWISE : refused.problem();
        return choices.of(form.text("adAccountId")).onErrorReturn(ServiceProblem.class,
                Choices.NONE)
                .map(offered -> new FileLaunch(form, offered, sent.fileName(), "", null, problem));
    }

    private Mono<Void> written(ServerRequest request, FileLaunch page) {
        return pages.write(request.exchange(), "files.jte", "Launch from a file", Section.NEW, Map.of("launch", page));
    }
}
