// Sockets and names without host name look-ups, which a static program cannot make.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "spade_http.h"

// Clients that wait for a place among the connections.
enum { backlog = 128 };

int spade_http_listen(uint16_t port, bool all_addresses, int *error) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    *error = errno;
    return -1;
  }
  const int one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  // Inherited by the connections: a picture's last bytes do not wait for a receipt.
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  const struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons(port),
      .sin_addr.s_addr = htonl(all_addresses ? INADDR_ANY : INADDR_LOOPBACK),
  };
  if (bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 && listen(fd, backlog) == 0) return fd;
  *error = errno;
  close(fd);
  return -1;
}

uint16_t spade_http_port(int listening_socket) {
  struct sockaddr_in address = {0};
  socklen_t size = sizeof address;
  getsockname(listening_socket, (struct sockaddr *)&address, &size);
  return ntohs(address.sin_port);
}

void spade_http_host_name(char *name, size_t size) {
  if (gethostname(name, size) != 0) name[0] = 0;
  name[size - 1] = 0;
}

bool spade_http_address(size_t index, char text[16]) {
  struct ifaddrs *list;
  if (getifaddrs(&list) != 0) return false;
  bool is_found = false;
  for (const struct ifaddrs *entry = list; entry && !is_found; entry = entry->ifa_next) {
    if (!entry->ifa_addr || entry->ifa_addr->sa_family != AF_INET || entry->ifa_flags & IFF_LOOPBACK) continue;
    if (index-- > 0) continue;
    const struct sockaddr_in *address = (const struct sockaddr_in *)entry->ifa_addr;
    is_found = inet_ntop(AF_INET, &address->sin_addr, text, 16) != NULL;
  }
  freeifaddrs(list);
  return is_found;
}
