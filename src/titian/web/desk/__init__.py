"""The desk: control room, cover, asks, programme, meetings, agreements."""
