#ifndef SERVICE_H
#define SERVICE_H

/*
 * Tells the service manager that started this process what state it is in
 * (NOTIFY_SOCKET, as systemd's Type=notify wants it): "READY=1",
 * "RELOADING=1", "STOPPING=1". Without a manager it does nothing.
 */
void service_tell(const char *state);

#endif
