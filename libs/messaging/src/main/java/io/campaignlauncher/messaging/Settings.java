package io.campaignlauncher.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Reads a record of settings, as {@code @EnableConfigurationProperties} would; also before there are beans, and where nothing
 * has prepared the environment.
 */
public final class Settings {

    private Settings() {}

    /**
     * @param type a record with {@link ConfigurationProperties}, its prefix and a default for whatever need not be set
     * @return with the defaults of what is not set
     * @throws RuntimeException naming the property that cannot be read or breaks a rule
     */
    public static <T> T of(Environment environment, Class<T> type) {
        var sources = ((ConfigurableEnvironment) environment).getPropertySources();
        return new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                .bindOrCreate(type.getAnnotation(ConfigurationProperties.class).value(), Bindable.of(type),
                        new EmptyIsNotSet());
    }

    /** Nothing cannot become a number; a variable that is there and empty is as good as none. */
    private static final class EmptyIsNotSet implements BindHandler {

        @Override
        public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
                Exception error) throws Exception {
            var property = context.getConfigurationProperty();
            if (property != null && "".equals(property.getValue()) && target.getType().toClass().isPrimitive()) {
                return null;
            }
            throw error;
        }
    }
}
