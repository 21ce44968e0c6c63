package io.campaignlauncher.access.http;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Import;

/** The front door before the actuator where that has a port of its own: a server in a context of its own, found by its file of imports. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import(DoorConfiguration.class)
public class ManagementDoorConfiguration {}
