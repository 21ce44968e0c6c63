package io.campaignlauncher.telegram.simulator.clients;

import java.net.URI;
import okhttp3.OkHttpClient;

class PengradLooksIT extends LooksSuite {

    @Override
    Client connect(URI baseUrl, String token, OkHttpClient http) {
        return new FormClient(baseUrl, token, http);
    }
}
