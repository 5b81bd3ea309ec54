# SPDX-License-Identifier: Apache-2.0
"""All real servers, by what they are written in."""
from servers import data, java, node, proxies, scripting, web

ALL = web.ALL + proxies.ALL + scripting.ALL + node.ALL + java.ALL + data.ALL
