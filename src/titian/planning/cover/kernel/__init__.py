"""The compiled half of cover: who may take a piece, and who takes it best."""
