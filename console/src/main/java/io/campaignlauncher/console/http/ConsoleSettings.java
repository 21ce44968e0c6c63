package io.campaignlauncher.console.http;

import io.campaignlauncher.sendonce.BaseUrl;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the console finds the other services.
 *
 * @param https whether browsers reach it over https, itself or through a proxy: then its cookies are for https alone
 */
@ConfigurationProperties("launch.console")
record ConsoleSettings(@DefaultValue JobService jobService, @DefaultValue IdentityService identityService,
        @DefaultValue ModerationService moderationService, @DefaultValue("false") boolean https) {

    /**
     * The service that has the launches.
     *
     * @param baseUrl   its address; https, unless it is on this machine
     * @param allowHttp whether access tokens may go there in plain text
     */
    record JobService(@DefaultValue("http://127.0.0.1:8080") String baseUrl,
            @DefaultValue("false") boolean allowHttp) {

        JobService {
            BaseUrl.of("launch.console.job-service", baseUrl, allowHttp);
        }

        URI address() {
            return URI.create(baseUrl.strip());
        }
    }

    /**
     * The service that knows the users.
     *
     * @param baseUrl   its address; https, unless it is on this machine
     * @param allowHttp whether passwords may go there in plain text
     */
    record IdentityService(@DefaultValue("http://127.0.0.1:8084") String baseUrl,
            @DefaultValue("false") boolean allowHttp) {

        IdentityService {
            BaseUrl.of("launch.console.identity-service", baseUrl, allowHttp);
        }

        URI address() {
            return URI.create(baseUrl.strip());
        }
    }

    /**
     * The service that has the marketplace.
     *
     * @param baseUrl   its address; https, unless it is on this machine
     * @param allowHttp whether access tokens may go there in plain text
     */
    record ModerationService(@DefaultValue("http://127.0.0.1:8085") String baseUrl,
            @DefaultValue("false") boolean allowHttp) {

        ModerationService {
            BaseUrl.of("launch.console.moderation-service", baseUrl, allowHttp);
        }

        URI address() {
            return URI.create(baseUrl.strip());
        }
    }
}
