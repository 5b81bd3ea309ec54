/* SPDX-License-Identifier: Apache-2.0 */
/*
 * peer MODE FAMILY PORT [COUNT|stay]: one end of TCP connections on the loopback address, for
 * tests.
 *
 *   healthy  listens, beside others if need be (SO_REUSEADDR), and answers HTTP requests
 *   hung     listens likewise, accepts, and neither answers nor closes
 *   window   the same with a window, whose end is that of the program, with exit code CLOSED
 *   client   opens COUNT connections and keeps them
 *
 * FAMILY is 4 or 6. When all is set up it prints its PID. At the end of standard input it ends,
 * unless it is to stay.
 */

#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BACKLOG 128
#define MOST_SOCKETS 256
#define CLOSED 7

static const char ANSWER[] =
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: 20\r\n"
    "Connection: close\r\n"
    "\r\n"
    "{\"status\":\"healthy\"}";

static void fail(const char *what) {
  fprintf(stderr, "%s: error %d\n", what, WSAGetLastError());
  exit(EXIT_FAILURE);
}

static DWORD WINAPI end_with_input(void *unused) {
  (void) unused;
  while (getchar() != EOF) {
  }
  ExitProcess(0);
}

static LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM first, LPARAM second) {
  if (message == WM_DESTROY) {
    ExitProcess(CLOSED);
  }
  return DefWindowProcW(window, message, first, second);
}

/* Closes by default when it is asked to. */
static DWORD WINAPI show_window(void *shown) {
  WNDCLASSW kind = {.lpfnWndProc = on_message, .lpszClassName = L"peer"};
  RegisterClassW(&kind);
  if (CreateWindowExW(0, L"peer", L"peer", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 0, 0, 9, 9, NULL, NULL,
          NULL, NULL) == NULL) {
    fail("CreateWindowEx");
  }
  SetEvent(shown);
  MSG message;
  while (GetMessageW(&message, NULL, 0, 0) > 0) {
    DispatchMessageW(&message);
  }
  return 0;
}

static void have_window(void) {
  HANDLE shown = CreateEventW(NULL, TRUE, FALSE, NULL);
  CreateThread(NULL, 0, show_window, shown, 0, NULL);
  WaitForSingleObject(shown, INFINITE);
}

/*
 * Wine tells the owner of a socket only if the process itself has its Unix descriptor, and not the
 * Wine server alone: so takes one, which stays open until the process ends.
 */
static void be_seen_with(SOCKET s) {
  typedef int to_descriptor(HANDLE, unsigned, int *, unsigned *);
  HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
  FARPROC found = GetProcAddress(ntdll, "wine_server_handle_to_fd");
  to_descriptor *descriptor_of;
  int descriptor;
  memcpy(&descriptor_of, &found, sizeof found);
  if (found != NULL) {
    descriptor_of((HANDLE) s, 0, &descriptor, NULL);
  }
}

static SOCKET open_socket(int family) {
  SOCKET s = socket(family, SOCK_STREAM, IPPROTO_TCP);
  if (s == INVALID_SOCKET) {
    fail("socket");
  }
  return s;
}

static int loopback(int family, u_short port, struct sockaddr_storage *address) {
  memset(address, 0, sizeof *address);
  if (family == AF_INET) {
    struct sockaddr_in *v4 = (struct sockaddr_in *) address;
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return sizeof *v4;
  }
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) address;
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(port);
  v6->sin6_addr = in6addr_loopback;
  return sizeof *v6;
}

static SOCKET listener(int family, u_short port) {
  struct sockaddr_storage address;
  int length = loopback(family, port, &address);
  SOCKET s = open_socket(family);
  BOOL on = TRUE;
  if (setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (const char *) &on, sizeof on) != 0) {
    fail("SO_REUSEADDR");
  }
  if (bind(s, (struct sockaddr *) &address, length) != 0) {
    fail("bind");
  }
  if (listen(s, BACKLOG) != 0) {
    fail("listen");
  }
  be_seen_with(s);
  return s;
}

static void connect_all(int family, u_short port, int count) {
  struct sockaddr_storage address;
  int length = loopback(family, port, &address);
  for (int i = 0; i < count; i++) {
    SOCKET s = open_socket(family);
    if (connect(s, (struct sockaddr *) &address, length) != 0) {
      fail("connect");
    }
    be_seen_with(s);
  }
}

static void answer(SOCKET s) {
  char request[4096];
  if (recv(s, request, sizeof request, 0) > 0) {
    send(s, ANSWER, (int) sizeof ANSWER - 1, 0);
  }
  shutdown(s, SD_SEND);
  while (recv(s, request, sizeof request, 0) > 0) {
  }
  closesocket(s);
}

static void serve(SOCKET from, int healthy) {
  for (int taken = 0; healthy || taken < MOST_SOCKETS; taken++) {
    SOCKET s = accept(from, NULL, NULL);
    if (s == INVALID_SOCKET) {
      fail("accept");
    }
    if (healthy) {
      answer(s);
    } else {
      be_seen_with(s);
    }
  }
}

int main(int argc, char **argv) {
  WSADATA unused;
  if (argc < 4 || WSAStartup(MAKEWORD(2, 2), &unused) != 0) {
    return EXIT_FAILURE;
  }
  int family = strcmp(argv[2], "6") == 0 ? AF_INET6 : AF_INET;
  u_short port = (u_short) atoi(argv[3]);
  int client = strcmp(argv[1], "client") == 0;
  SOCKET from = INVALID_SOCKET;
  /* First, as the desktop that Wine may start for it would inherit the descriptor of a socket. */
  if (strcmp(argv[1], "window") == 0) {
    have_window();
  }
  if (client) {
    connect_all(family, port, argc > 4 ? atoi(argv[4]) : 1);
  } else {
    from = listener(family, port);
  }
  if (argc < 5 || strcmp(argv[4], "stay") != 0) {
    CreateThread(NULL, 0, end_with_input, NULL, 0, NULL);
  }
  printf("%lu\n", GetCurrentProcessId());
  fflush(stdout);
  if (!client) {
    serve(from, strcmp(argv[1], "healthy") == 0);
  }
  Sleep(INFINITE);
}
