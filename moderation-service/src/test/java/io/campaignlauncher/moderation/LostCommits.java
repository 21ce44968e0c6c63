package io.campaignlauncher.moderation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Wraps the service's database: commits take effect, and their answers are lost. */
final class LostCommits implements BeanPostProcessor {

    private final AtomicInteger toLose = new AtomicInteger();

    void next(int commits) {
        toLose.set(commits);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database ? new DelegatingDataSource(database) {

            @Override
            public Connection getConnection() throws SQLException {
                return losing(super.getConnection());
            }
        } : bean;
    }

    private Connection losing(Connection connection) {
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{ Connection.class },
                (_, method, arguments) -> {
                    try {
                        var answer = method.invoke(connection, arguments);
                        if (method.getName().equals("commit") && toLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                            connection.close();
                            throw new SQLException("the answer to the commit is lost", "08006");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
