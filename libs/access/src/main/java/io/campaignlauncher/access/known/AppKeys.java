package io.campaignlauncher.access.known;

import io.campaignlauncher.access.model.Principal;
import reactor.core.publisher.Mono;

/** With what upstream apps sign, and whose that is. */
public interface AppKeys {

    /** Where there are no API keys of ours: nobody's signature is known. */
    AppKeys NONE = _ -> Mono.empty();

    /**
     * An API key that is good now.
     *
     * @param holder with the scopes of the key
     * @param secret see {@link io.campaignlauncher.schemas.RecordSignature}
     */
    record AppKey(Principal holder, byte[] secret) {

        /** Says no secret. */
        @Override
        public String toString() {
            return "AppKey[" + holder.means() + "]";
        }
    }

    /**
     * The key that begins so.
     *
     * @param prefix {@code cl_} and 12 digits
     * @return empty where there is none that is good; an error where that is not known yet
     */
    Mono<AppKey> appKey(String prefix);
}
